package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.platform.decisions.Trials;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.Release;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares the two models of a trial by the log of decisions and what became of them. Answers of fallbacks are left out. */
@Component(service = {TrialOutcomes.class, Trials.class})
public final class TrialOutcomes implements Trials {

    /** The chance that a trial's intervals ever lie apart without cause is at most this. */
    private static final double ALPHA = 0.05;
    /** Further back the log need not be read. */
    private static final Duration LOOKS_BACK = Duration.ofDays(14);
    private static final String OF_TRIAL = " where d.store = ? and d.decided_at >= ? and d.plugin = ? and d.model in (?, ?) "
            + "and d.fallback is null";
    private static final String ANSWERS = "select t.model, count(*), sum(t.hit) from (select d.model as model, case when exists (select 1 "
            + "from feedback f where f.request_id = d.request_id and f.type in ('click', 'cart', 'purchase')) then 1 else 0 end as hit "
            + "from decision d" + OF_TRIAL + ") t group by t.model";
    private static final String LABELS = "select d.model, d.answer, f.type from decision d join feedback f on f.request_id = d.request_id"
            + OF_TRIAL + " and f.type in ('fraud', 'legitimate')";

    private final Database database;
    private final LiveModels models;
    private final ActivePlugins plugins;

    /** What was read of a model. */
    private static final class Read {

        private long answers;
        private long outcomes;
        private double sum;
        private double squares;

        void add(double outcome) {
            outcomes++;
            sum += outcome;
            squares += outcome * outcome;
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param database has the log
     * @param models tells which models serve
     * @param plugins tells a plugin's family
     */
    @Activate
    public TrialOutcomes(@Reference Database database, @Reference LiveModels models, @Reference ActivePlugins plugins) {
        this.database = database;
        this.models = models;
        this.plugins = plugins;
    }

    @Override
    public Optional<Standing> of(String store, String plugin) {
        Release release = models.release(store, plugin);
        return release.canary() ? Optional.of(of(store, plugin, release)) : Optional.empty();
    }

    /**
     * How a trial stands.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param release with a canary
     * @return how it stands
     */
    Standing of(String store, String plugin, Release release) {
        Measure measure = measure(plugins.instance(store, plugin).map(PluginInstance::family).orElse(""));
        Release.Bearer champion = release.champion().orElseThrow();
        Release.Bearer challenger = release.challenger().orElseThrow();
        Map<String, Read> read = database.jdbc(connection -> read(connection, store, plugin, release, measure));
        return new Standing(release.canarySince(), release.policy().canary().percent(),
                release.canarySince().plus(Duration.ofMinutes(release.policy().canary().minutes())), release.policy().canary().cases(), measure,
                arm(champion, read), arm(challenger, read));
    }

    private static Measure measure(String family) {
        return switch (family) {
            case Family.RECOMMEND -> Measure.RESPONSE;
            case Family.RISK -> Measure.SCORE_FIT;
            default -> Measure.NONE;
        };
    }

    private static Arm arm(Release.Bearer model, Map<String, Read> all) {
        Read read = all.getOrDefault(model.id(), new Read());
        OutcomeMean mean = OutcomeMean.of(read.outcomes, read.sum, read.squares);
        double half = mean.halfWidth(ALPHA / 2);
        return new Arm(model.id(), model.number(), read.answers, read.outcomes, mean.mean(), mean.mean() - half, mean.mean() + half);
    }

    private static Map<String, Read> read(Connection connection, String store, String plugin, Release release, Measure measure)
            throws SQLException {
        Map<String, Read> read = new HashMap<>();
        Instant earliest = Instant.now().minus(LOOKS_BACK);
        Instant since = release.canarySince().isBefore(earliest) ? earliest : release.canarySince();
        try (PreparedStatement select = select(connection, ANSWERS, store, plugin, release, since); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Read one = read.computeIfAbsent(rows.getString(1), model -> new Read());
                one.answers = rows.getLong(2);
                if (measure == Measure.RESPONSE) {
                    one.outcomes = one.answers;
                    one.sum = rows.getLong(3);
                    one.squares = one.sum;
                }
            }
        }
        if (measure == Measure.SCORE_FIT) {
            try (PreparedStatement select = select(connection, LABELS, store, plugin, release, since); ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Object score = LogJson.readObject(new String(rows.getBytes(2), StandardCharsets.UTF_8)).get("score");
                    if (score instanceof Number number) {
                        double miss = number.doubleValue() - (rows.getString(3).equals("fraud") ? 1 : 0);
                        read.computeIfAbsent(rows.getString(1), model -> new Read()).add(1 - miss * miss);
                    }
                }
            }
        }
        return read;
    }

    private static PreparedStatement select(Connection connection, String sql, String store, String plugin, Release release, Instant since)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setString(1, store);
        select.setTimestamp(2, Timestamp.from(since));
        select.setString(3, plugin);
        select.setString(4, release.champion().orElseThrow().id());
        select.setString(5, release.challenger().orElseThrow().id());
        return select;
    }
}

package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.platform.decisions.Trials;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.Release;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Compares the two models of a trial, or a new champion with the one before, by the log of decisions and what became of them. Answers of
 * fallbacks are left out.
 */
@Component(service = {TrialOutcomes.class, Trials.class})
public final class TrialOutcomes implements Trials {

    /** The chance that a trial's intervals ever lie apart without cause is at most this. */
    private static final double ALPHA = 0.05;
    /** Further back the log need not be read. */
    private static final Duration LOOKS_BACK = Duration.ofDays(14);
    private static final String OF_MODEL = " where d.store = ? and d.decided_at >= ? and d.decided_at < ? and d.plugin = ? and d.model = ? "
            + "and d.fallback is null";
    private static final String ANSWERS = "select count(*), coalesce(sum(t.hit), 0) from (select case when exists (select 1 from feedback f "
            + "where f.request_id = d.request_id and f.happened_at < ? and f.type in ('click', 'cart', 'purchase')) then 1 else 0 end as hit "
            + "from decision d" + OF_MODEL + ") t";
    private static final String LABELS = "select d.answer, f.type from decision d join feedback f on f.request_id = d.request_id and "
            + "f.happened_at < ?" + OF_MODEL + " and f.type in ('fraud', 'legitimate')";

    private static final double HUNDRED = 100;

    private final Database database;
    private final LiveModels models;
    private final ActivePlugins plugins;

    /** When answers were given; what became of them later than its end does not count. */
    private record Period(Instant from, Instant until) {

        Period earlier(Duration by) {
            return new Period(from.minus(by), until.minus(by));
        }
    }

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
        Measure measure = measure(store, plugin);
        Release.Bearer champion = release.champion().orElseThrow();
        Release.Bearer challenger = release.challenger().orElseThrow();
        Instant now = Instant.now();
        Period period = new Period(latest(release.canarySince(), now.minus(LOOKS_BACK)), now);
        return new Standing(release.canarySince(), release.policy().canary().percent(),
                release.canarySince().plus(Duration.ofMinutes(release.policy().canary().minutes())), release.policy().canary().cases(), measure,
                arm(store, plugin, champion, period, measure), arm(store, plugin, challenger, period, measure));
    }

    /**
     * How a new champion stands beside the one before it: its answers until now beside those that the other one gave at the same hours a whole
     * number of days before, with what had become of them by then, so that neither the time of the day nor the time that outcomes take tells
     * them apart.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param release with a champion, the moment since when it serves, and the one before
     * @return how it stands, as if it were on trial on all requests
     */
    Standing afterPromotion(String store, String plugin, Release release) {
        Measure measure = measure(store, plugin);
        Instant now = Instant.now();
        Instant since = release.championSince();
        Period period = new Period(since, now);
        Period before = period.earlier(Duration.ofDays(Duration.between(since, now).toDays() + 1));
        return new Standing(since, HUNDRED, since.plus(Duration.ofHours(release.policy().guards().hours())), 0, measure,
                arm(store, plugin, release.previous().orElseThrow(), before, measure),
                arm(store, plugin, release.champion().orElseThrow(), period, measure));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /**
     * Whether it comes to be known what became of a plugin's answers.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return false for families whose outcomes the log does not have
     */
    boolean known(String store, String plugin) {
        return measure(store, plugin) != Measure.NONE;
    }

    private Measure measure(String store, String plugin) {
        return switch (plugins.instance(store, plugin).map(PluginInstance::family).orElse("")) {
            case Family.RECOMMEND -> Measure.RESPONSE;
            case Family.RISK -> Measure.SCORE_FIT;
            default -> Measure.NONE;
        };
    }

    private Arm arm(String store, String plugin, Release.Bearer model, Period period, Measure measure) {
        Read read = database.jdbc(connection -> read(connection, store, plugin, model.id(), period, measure));
        OutcomeMean mean = OutcomeMean.of(read.outcomes, read.sum, read.squares);
        double half = mean.halfWidth(ALPHA / 2);
        return new Arm(model.id(), model.number(), read.answers, read.outcomes, mean.mean(), mean.mean() - half, mean.mean() + half);
    }

    private static Read read(Connection connection, String store, String plugin, String model, Period period, Measure measure)
            throws SQLException {
        Read read = new Read();
        try (PreparedStatement select = select(connection, ANSWERS, store, plugin, model, period); ResultSet row = select.executeQuery()) {
            row.next();
            read.answers = row.getLong(1);
            if (measure == Measure.RESPONSE) {
                read.outcomes = read.answers;
                read.sum = row.getLong(2);
                read.squares = read.sum;
            }
        }
        if (measure == Measure.SCORE_FIT) {
            try (PreparedStatement select = select(connection, LABELS, store, plugin, model, period); ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Object score = PackedJson.unpackObject(rows.getBytes(1), UnaryOperator.identity()).get("score");
                    if (score instanceof Number number) {
                        double miss = number.doubleValue() - (rows.getString(2).equals("fraud") ? 1 : 0);
                        read.add(1 - miss * miss);
                    }
                }
            }
        }
        return read;
    }

    private static PreparedStatement select(Connection connection, String sql, String store, String plugin, String model, Period period)
            throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setTimestamp(1, Timestamp.from(period.until()));
        select.setString(2, store);
        select.setTimestamp(3, Timestamp.from(period.from()));
        select.setTimestamp(4, Timestamp.from(period.until()));
        select.setString(5, plugin);
        select.setString(6, model);
        return select;
    }
}

package io.kontor.platform.models.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.metric.Difference;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Applied;
import io.kontor.platform.models.SettingsSearch.Metric;
import io.kontor.platform.models.SettingsSearch.Outcome;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.models.SettingsSearch.Trial;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Searches and their trials in the database. Safe for use by several threads. */
final class SearchTable {

    /** How many searches of a plugin and store are kept. */
    static final int KEPT = 20;

    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() { };
    private static final TypeReference<LinkedHashMap<String, Double>> NUMBERS = new TypeReference<>() { };
    private static final String TRIAL = "trial";

    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private final ModelJson evaluations = new ModelJson();
    private final Database database;

    SearchTable(Database database) {
        this.database = database;
    }

    Map<String, Object> tree(Terms terms) {
        return mapper.convertValue(terms, TREE);
    }

    Terms terms(Map<?, ?> tree) {
        return mapper.convertValue(tree, Terms.class);
    }

    /** Notes a search, unless it is noted already, and forgets those of its plugin and store that are too old. */
    void open(String job, Key key, Terms terms) {
        database.transaction(manager -> {
            if (manager.find(SearchRow.class, job) == null) {
                SearchRow row = new SearchRow(job, key);
                row.terms = write(terms);
                row.createdAt = now();
                manager.persist(row);
                manager.flush();
                manager.createQuery("select s.job from SearchRow s where s.store = :store and s.plugin = :plugin "
                        + "order by s.createdAt desc, s.job", String.class)
                        .setParameter("store", key.store()).setParameter("plugin", key.plugin()).setFirstResult(KEPT)
                        .getResultList().forEach(old -> remove(manager, List.of(old)));
            }
            return null;
        });
    }

    private static SearchRow row(EntityManager manager, String job) {
        SearchRow row = manager.find(SearchRow.class, job);
        if (row == null) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The search was removed together with its store.");
        }
        return row;
    }

    private static void remove(EntityManager manager, List<String> jobs) {
        manager.createQuery("delete from TrialRow t where t.job in :jobs").setParameter("jobs", jobs).executeUpdate();
        manager.createQuery("delete from SearchRow s where s.job in :jobs").setParameter("jobs", jobs).executeUpdate();
    }

    void removeStore(String store) {
        database.transaction(manager -> {
            List<String> jobs = manager.createQuery("select s.job from SearchRow s where s.store = :store", String.class)
                    .setParameter("store", store).getResultList();
            if (!jobs.isEmpty()) {
                remove(manager, jobs);
            }
            return null;
        });
    }

    /** What a search began with: where its held-out part begins and which settings were in use. Decided once, the first time. */
    record Start(Instant heldFrom, Map<String, Object> present) {
    }

    Start start(String job, Start wanted) {
        return database.transaction(manager -> {
            SearchRow row = row(manager, job);
            if (row.heldFrom == null) {
                row.heldFrom = wanted.heldFrom();
                row.present = write(wanted.present());
            }
            return new Start(row.heldFrom, read(row.present, TREE));
        });
    }

    void add(String job, Trial trial, Metric metric) {
        database.transaction(manager -> {
            SearchRow search = row(manager, job);
            search.metric = metric.name();
            search.higher = metric.higherIsBetter();
            TrialRow row = new TrialRow(job, trial.number());
            row.settings = write(trial.settings());
            row.share = trial.share();
            row.score = trial.failed() ? null : trial.score();
            row.metrics = write(trial.metrics());
            row.seconds = trial.seconds();
            row.endedAt = trial.endedAt();
            row.error = trial.error();
            manager.persist(row);
            return null;
        });
    }

    void end(String job, Outcome outcome) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(TRIAL, outcome.trial());
        tree.put("best", evaluations.evaluation(outcome.best()));
        tree.put("present", evaluations.evaluation(outcome.present()));
        tree.put("baseline", evaluations.evaluation(outcome.baseline()));
        tree.put("difference", outcome.difference() == null ? null : evaluations.differences(Map.of(TRIAL, outcome.difference())));
        tree.put("reason", outcome.reason());
        database.transaction(manager -> {
            row(manager, job).outcome = write(tree);
            return null;
        });
    }

    void applied(String job, int trial, String by) {
        database.transaction(manager -> {
            SearchRow row = row(manager, job);
            row.applied = trial;
            row.appliedAt = now();
            row.appliedBy = by;
            return null;
        });
    }

    Optional<SettingsSearch> find(String store, String job) {
        return database.transaction(manager -> Optional.ofNullable(manager.find(SearchRow.class, job)).filter(row -> row.store.equals(store))
                .map(row -> search(row, trials(manager, List.of(job)).getOrDefault(job, List.of()))));
    }

    List<SettingsSearch> list(Key key) {
        return database.transaction(manager -> {
            List<SearchRow> rows = manager.createQuery("select s from SearchRow s where s.store = :store and s.plugin = :plugin "
                    + "order by s.createdAt desc, s.job", SearchRow.class).setParameter("store", key.store())
                    .setParameter("plugin", key.plugin()).getResultList();
            Map<String, List<TrialRow>> trials = rows.isEmpty() ? Map.of() : trials(manager, rows.stream().map(row -> row.job).toList());
            return rows.stream().map(row -> search(row, trials.getOrDefault(row.job, List.of()))).toList();
        });
    }

    private static Map<String, List<TrialRow>> trials(EntityManager manager, List<String> jobs) {
        return manager.createQuery("select t from TrialRow t where t.job in :jobs order by t.number", TrialRow.class)
                .setParameter("jobs", jobs).getResultStream().collect(Collectors.groupingBy(row -> row.job));
    }

    private SettingsSearch search(SearchRow row, List<TrialRow> trials) {
        return new SettingsSearch(row.job, row.store, row.plugin, read(row.terms, new TypeReference<Terms>() { }), row.createdAt,
                row.metric == null ? null : new Metric(row.metric, row.higher), trials.stream().map(this::trial).toList(),
                row.outcome == null ? null : outcome(read(row.outcome, TREE)),
                row.applied == null ? null : new Applied(row.applied, row.appliedAt, row.appliedBy));
    }

    private Trial trial(TrialRow row) {
        return new Trial(row.number, read(row.settings, TREE), row.share, row.score == null ? Double.NaN : row.score,
                read(row.metrics, NUMBERS), row.seconds, row.endedAt, row.error);
    }

    private Outcome outcome(Map<String, Object> tree) {
        String difference = (String) tree.get("difference");
        Difference found = difference == null ? null : evaluations.differences(difference).get(TRIAL);
        return new Outcome(((Number) tree.get(TRIAL)).intValue(), evaluations.evaluation((String) tree.get("best")),
                evaluations.evaluation((String) tree.get("present")), evaluations.evaluation((String) tree.get("baseline")), found,
                (String) tree.get("reason"));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private String write(Object tree) {
        try {
            return mapper.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "A search could not be written as JSON.", e);
        }
    }

    private <T> T read(String json, TypeReference<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "A search in the database cannot be read.", e);
        }
    }
}

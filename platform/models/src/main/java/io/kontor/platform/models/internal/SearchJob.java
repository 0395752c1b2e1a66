package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.Difference;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Outcome;
import io.kontor.platform.models.SettingsSearches;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.models.internal.search.Space;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import io.kontor.platform.stores.Stores;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Searches for good settings of a plugin of a store; see {@link SearchRun}. */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + SettingsSearches.JOB)
public final class SearchJob implements JobHandler {

    private final PluginCatalogue catalogue;
    private final SearchRun.Means means;
    private final SearchTable table;
    private final SettingsSearches searches;
    private final RunWatch watch;

    /**
     * The handler.
     *
     * @param data the records of stores
     * @param stores which stores there are
     * @param active which plugins run for them
     * @param activations makes instances for trials
     * @param catalogue knows the plugins' families and settings
     * @param recordings has the records that runs share
     * @param database where trials are stored
     * @param searches takes settings over
     * @param watch keeps searches within their limits of threads and memory; their time is a term of their own
     */
    @Activate
    public SearchJob(@Reference DataAccess data, @Reference Stores stores, @Reference ActivePlugins active, @Reference Activations activations,
            @Reference PluginCatalogue catalogue, @Reference Recordings recordings, @Reference Database database,
            @Reference SettingsSearches searches, @Reference RunWatch watch) {
        this.watch = watch;
        this.catalogue = catalogue;
        this.means = new SearchRun.Means(data, stores, active, activations, recordings);
        this.table = new SearchTable(database);
        this.searches = searches;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception {
        Key key = new Key(request.store(), request.plugin());
        table.open(job, key, table.terms((Map<?, ?>) request.parameters().get("terms")));
        SettingsSearch search = table.find(key.store(), job).orElseThrow();
        try (Activations.Trial inUse = means.activations().trial(key.store(), key.plugin(), Map.of())) {
            Outcome outcome = search.outcome();
            if (outcome == null) {
                PluginDescriptor plugin = catalogue.find(key.plugin(), inUse.version(), Locale.ENGLISH)
                        .orElseThrow(() -> new KontorException(Kind.CONFIGURATION, "Plugin " + key.plugin() + " is no longer installed."));
                Space space = new SearchTerms(plugin, inUse.settings()).space(search.terms());
                FamilyEvaluation evaluation = Evaluations.of(catalogue, key.plugin(), inUse.version());
                outcome = watch.within(key.store(), context, false,
                        limited -> new SearchRun(means, table, evaluation, search, space, limited).run(inUse.settings()));
            }
            boolean wanted = search.terms().apply() && outcome.trial() != SettingsSearch.PRESENT && outcome.best().betterThan(outcome.present());
            if (wanted && search.applied() == null) {
                searches.apply(key.store(), job, outcome.trial(), request.startedBy());
            }
            return result(table.find(key.store(), job).orElseThrow());
        } catch (SettingsRefusedException | NoSuchElementException e) {
            throw new KontorException(Kind.CONFIGURATION, e.getMessage(), e);
        }
    }

    private static Map<String, Object> result(SettingsSearch search) {
        Outcome outcome = search.outcome();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("trial", outcome.trial());
        result.put("trials", search.trials().size() - 1);
        result.put("failed", search.trials().stream().filter(SettingsSearch.Trial::failed).count());
        result.put("settings", search.trials().get(outcome.trial()).settings());
        result.put("primary", outcome.best().primary());
        result.put("metrics", outcome.best().metrics());
        result.put("present", outcome.present().metrics());
        result.put("baseline", outcome.baseline() == null ? null : outcome.baseline().metrics());
        result.put("difference", outcome.difference() == null ? null : difference(outcome.difference()));
        result.put("applied", search.applied() != null);
        result.put("reason", outcome.reason());
        return result;
    }

    /** An open end of the interval is left out: JSON has no infinity. */
    private static Map<String, Double> difference(Difference difference) {
        Map<String, Double> tree = new LinkedHashMap<>();
        tree.put("value", difference.value());
        tree.put("low", difference.interval().low());
        tree.put("high", difference.interval().high());
        tree.values().removeIf(value -> !Double.isFinite(value));
        return tree;
    }
}

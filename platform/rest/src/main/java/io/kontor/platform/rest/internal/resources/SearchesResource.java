package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.SearchRefusedException;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Outcome;
import io.kontor.platform.models.SettingsSearch.Strategy;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.models.SettingsSearch.Trial;
import io.kontor.platform.models.SettingsSearches;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Searches for good settings of a store's plugins. */
@Path("stores/{store}/plugins/{plugin}")
@Component(service = Resource.class)
public final class SearchesResource implements Resource {

    private static final int TRIALS = 30;
    private static final long SECONDS = 3_600;
    private static final long SEED = 42;
    private static final String SETTINGS = "settings.";

    private final SettingsSearches searches;
    private final Activations activations;
    private final Jobs jobs;

    /**
     * What is searched.
     *
     * @param strategy grid, random, halving or tpe; null for tpe
     * @param trials how many settings are tried at most; null for 30
     * @param seconds how long is tried at most; null for an hour
     * @param seed the seed; null for 42
     * @param settings for each name an object with min and max, or a list of values; null for all that have bounds or options
     * @param apply whether the best are taken over at the end when they are better; null for no
     */
    public record SearchWanted(String strategy, Integer trials, Long seconds, Long seed, Map<String, Object> settings, Boolean apply) {
    }

    /**
     * Which settings are taken over.
     *
     * @param trial the number of the trial; null for the best
     */
    public record TrialWanted(Integer trial) {
    }

    /** A range of a setting: bounds or values. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RangeView(String name, Double min, Double max, List<Object> values) {

        static RangeView of(SettingRange range) {
            return new RangeView(range.name(), range.min(), range.max(), range.values().isEmpty() ? null : range.values());
        }
    }

    /** A trial; without score when it failed. */
    public record TrialView(int number, Map<String, Object> settings, double share, Double score, Map<String, Double> metrics, double seconds,
            Instant endedAt, String error) {

        static TrialView of(Trial trial) {
            return new TrialView(trial.number(), trial.settings(), trial.share(), trial.failed() ? null : trial.score(), trial.metrics(),
                    trial.seconds(), trial.endedAt(), trial.error());
        }
    }

    /** How the best settings did on the part that no trial saw; the difference is of the primary metric, with its 95 % interval. */
    public record OutcomeView(int trial, long cases, Map<String, Double> metrics, Map<String, Double> present, Map<String, Double> baseline,
            Double difference, Double low, Double high, String reason) {

        static OutcomeView of(Outcome outcome) {
            var difference = outcome.difference();
            return new OutcomeView(outcome.trial(), outcome.best().cases(), outcome.best().metrics(),
                    outcome.present().metrics(), outcome.baseline() == null ? null : outcome.baseline().metrics(),
                    difference == null ? null : difference.value(), difference == null ? null : difference.interval().low(),
                    difference == null ? null : difference.interval().high(), outcome.reason());
        }
    }

    /**
     * A search in JSON.
     *
     * @param job the id of its job
     * @param state where the job is; null when it is no longer in the history
     * @param progress 0 to 1
     * @param strategy how the next settings are chosen
     * @param trialsWanted how many settings are tried at most
     * @param seconds how long is tried at most
     * @param seed the seed
     * @param settings where it looks
     * @param apply whether the best are taken over
     * @param createdAt when it was asked for
     * @param primary the metric by which is judged
     * @param higherIsBetter its direction
     * @param best the number of the best trial so far, by the validation part
     * @param outcome how the best did in the end
     * @param appliedTrial which settings were taken over
     * @param appliedBy by whom
     * @param appliedAt when
     * @param trials what was tried; 0 are the settings in use; only where one search is asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SearchView(String job, Job.State state, Double progress, String strategy, int trialsWanted, long seconds, long seed,
            List<RangeView> settings, boolean apply, Instant createdAt, String primary, Boolean higherIsBetter, Integer best,
            OutcomeView outcome, Integer appliedTrial, String appliedBy, Instant appliedAt, List<TrialView> trials) {

        static SearchView of(SettingsSearch search, Job job, boolean whole) {
            Terms terms = search.terms();
            var metric = search.metric();
            var applied = search.applied();
            return new SearchView(search.job(), job == null ? null : job.state(), job == null ? null : job.progress(),
                    terms.strategy().name().toLowerCase(Locale.ROOT), terms.trials(), terms.seconds(), terms.seed(),
                    terms.ranges().stream().map(RangeView::of).toList(), terms.apply(), search.createdAt(),
                    metric == null ? null : metric.name(), metric == null ? null : metric.higherIsBetter(),
                    search.best().map(Trial::number).orElse(null), search.outcome() == null ? null : OutcomeView.of(search.outcome()),
                    applied == null ? null : applied.trial(), applied == null ? null : applied.by(), applied == null ? null : applied.at(),
                    whole ? search.trials().stream().map(TrialView::of).toList() : null);
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param searches the searches
     * @param activations knows what is enabled
     * @param jobs does them
     */
    @Activate
    public SearchesResource(@Reference SettingsSearches searches, @Reference Activations activations, @Reference Jobs jobs) {
        this.searches = searches;
        this.activations = activations;
        this.jobs = jobs;
    }

    /** Searches. */
    @POST
    @Path("search")
    @Requires(Role.ANALYST)
    @Describe(value = "Searches for good settings of a plugin; taking the best over at the end needs the role operator.", status = 202)
    public Reply<JobView> search(@PathParam("store") String store, @PathParam("plugin") String plugin, SearchWanted wanted, Call call) {
        if (activations.find(store, plugin).isEmpty()) {
            throw ActivationsResource.notEnabled(store, plugin);
        }
        boolean apply = Boolean.TRUE.equals(wanted.apply());
        if (apply && !call.principal().has(Role.OPERATOR, store)) {
            throw Problem.of(403, "Taking settings over needs the role operator; search without apply.");
        }
        Terms terms = new Terms(strategy(wanted.strategy()), wanted.trials() == null ? TRIALS : wanted.trials(),
                wanted.seconds() == null ? SECONDS : wanted.seconds(), wanted.seed() == null ? SEED : wanted.seed(),
                ranges(wanted.settings()), apply);
        try {
            return JobAnswers.started(jobs, searches.start(store, plugin, terms, call.starter()), call);
        } catch (SearchRefusedException e) {
            throw Problem.field(422, e.field(), e.getMessage());
        }
    }

    private static Strategy strategy(String name) {
        return name == null ? Strategy.TPE : Arrays.stream(Strategy.values()).filter(each -> each.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> Problem.field(422, "strategy", "must be one of grid, random, halving, tpe"));
    }

    private static List<SettingRange> ranges(Map<String, Object> settings) {
        List<SettingRange> ranges = new ArrayList<>();
        (settings == null ? Map.<String, Object>of() : settings).forEach((name, given) -> {
            if (given instanceof List<?> values && values.stream().allMatch(SearchesResource::scalar)) {
                if (values.isEmpty()) {
                    throw Problem.field(422, SETTINGS + name, "needs values");
                }
                ranges.add(new SettingRange(name, null, null, values.stream().map(SearchesResource::plain).toList()));
            } else if (given instanceof Map<?, ?> bounds && Set.of("min", "max").containsAll(bounds.keySet())
                    && bounds.values().stream().allMatch(Number.class::isInstance)) {
                ranges.add(new SettingRange(name, number(bounds.get("min")), number(bounds.get("max")), List.of()));
            } else {
                throw Problem.field(422, SETTINGS + name, "must be an object with the numbers min and max, or a list of values");
            }
        });
        return ranges;
    }

    private static boolean scalar(Object value) {
        return value instanceof Number || value instanceof String || value instanceof Boolean;
    }

    private static Object plain(Object value) {
        return value instanceof Integer whole ? (Object) whole.longValue() : value;
    }

    private static Double number(Object value) {
        return value == null ? null : ((Number) value).doubleValue();
    }

    /** Lists. */
    @GET
    @Path("searches")
    @Requires(Role.VIEWER)
    @Describe("Lists the latest searches for settings of a plugin, the latest first.")
    public Page<SearchView> list(@PathParam("store") String store, @PathParam("plugin") String plugin,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        List<SearchView> all = searches.list(store, plugin).stream().map(each -> view(each, false)).toList();
        return Page.of(all, limit, cursor, SearchView::job);
    }

    private SearchView view(SettingsSearch search, boolean whole) {
        return SearchView.of(search, jobs.find(search.job()).orElse(null), whole);
    }

    /** Shows. */
    @GET
    @Path("searches/{search}")
    @Requires(Role.VIEWER)
    @Describe("Shows a search for settings with its trials.")
    public SearchView find(@PathParam("store") String store, @PathParam("plugin") String plugin, @PathParam("search") String search) {
        return view(known(store, plugin, search), true);
    }

    private SettingsSearch known(String store, String plugin, String search) {
        return searches.find(store, search).filter(found -> found.plugin().equals(plugin))
                .orElseThrow(() -> Problem.of(404, "There is no search \"" + search + "\" of this plugin."));
    }

    /** Takes over. */
    @POST
    @Path("searches/{search}/apply")
    @Requires(Role.OPERATOR)
    @Describe("Takes the settings of a search's best or another trial over and starts a training with them.")
    public SearchView apply(@PathParam("store") String store, @PathParam("plugin") String plugin, @PathParam("search") String search,
            TrialWanted wanted, Call call) {
        SettingsSearch known = known(store, plugin, search);
        int trial = wanted.trial() != null ? wanted.trial() : known.best().map(Trial::number)
                .orElseThrow(() -> Problem.of(409, "No trial has ended well yet."));
        try {
            return view(searches.apply(store, search, trial, call.starter()), true);
        } catch (SettingsRefusedException e) {
            throw ActivationsResource.refused(e);
        }
    }
}

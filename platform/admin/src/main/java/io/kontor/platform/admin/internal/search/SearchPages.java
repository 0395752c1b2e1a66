package io.kontor.platform.admin.internal.search;

import io.kontor.api.model.Evaluation;
import io.kontor.platform.admin.internal.models.Metric;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.SearchRefusedException;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Outcome;
import io.kontor.platform.models.SettingsSearch.Trial;
import io.kontor.platform.models.SettingsSearches;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Searches for good settings of a store's plugins: start one, follow it, take its settings over. */
@Component(service = Pages.class)
public final class SearchPages implements Pages {

    private static final String ADDRESS = "/stores/{store}/plugins/{id}/search";
    private static final int DIGITS = 4;
    private static final double MILLIS = 1_000;

    private final SettingsSearches searches;
    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final Jobs jobs;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param searches the searches
     * @param activations knows what is enabled
     * @param catalogue knows the plugins' settings
     * @param jobs does the searches
     * @param names names plugins and settings
     */
    @Activate
    public SearchPages(@Reference SettingsSearches searches, @Reference Activations activations, @Reference PluginCatalogue catalogue,
            @Reference Jobs jobs, @Reference Names names) {
        this.searches = searches;
        this.activations = activations;
        this.catalogue = catalogue;
        this.jobs = jobs;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(ADDRESS, Role.VIEWER, this::list), Route.post(ADDRESS, Role.ANALYST, this::start),
                Route.get(ADDRESS + "/{job}", Role.VIEWER, this::show), Route.post(ADDRESS + "/{job}/apply", Role.OPERATOR, this::apply));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of();
    }

    private List<Setting> settings(Visit visit) {
        Activation activation = activations.find(visit.store().id(), visit.path("id")).orElseThrow(() -> Refusal.missing(visit));
        return catalogue.find(activation.plugin(), activation.version(), visit.locale()).orElseThrow(() -> Refusal.missing(visit)).settings()
                .settings().stream().filter(setting -> SettingRange.of(setting).isPresent()).toList();
    }

    private Answer list(Visit visit) {
        return Answer.html("search/list", view(visit, visit.may(Role.ANALYST) ? SearchForm.fresh(settings(visit), visit) : null));
    }

    private SearchListView view(Visit visit, SearchForm form) {
        String plugin = visit.path("id");
        return new SearchListView(plugin, names.plugin(visit, plugin), form,
                searches.list(visit.store().id(), plugin).stream().map(search -> line(visit, search)).toList());
    }

    private SearchListView.Line line(Visit visit, SettingsSearch search) {
        Optional<Job> job = jobs.find(search.job());
        List<Trial> trials = search.trials();
        String address = visit.storeUrl("plugins", search.plugin(), "search", search.job());
        return new SearchListView.Line(address, visit.format().time(search.createdAt()),
                visit.text("search.strategy." + search.terms().strategy()),
                job.map(found -> visit.text("jobs.state." + found.state())).orElse("–"), job.map(found -> tone(found.state())).orElse(""),
                tried(visit, search), search.best().map(best -> number(visit, best.score())).orElse("–"),
                trials.isEmpty() ? "–" : number(visit, trials.get(0).score()));
    }

    private static String tried(Visit visit, SettingsSearch search) {
        return visit.text("search.of", Math.max(0, search.trials().size() - 1), search.terms().trials());
    }

    private static String tone(Job.State state) {
        return switch (state) {
            case SUCCEEDED -> "good";
            case FAILED -> "bad";
            case CANCELLED -> "warn";
            default -> "accent";
        };
    }

    private static String number(Visit visit, double value) {
        return visit.format().number(value, DIGITS);
    }

    private Answer start(Visit visit) {
        List<Setting> settings = settings(visit);
        SearchForm form = SearchForm.read(settings, visit);
        if (form.apply() && !visit.may(Role.OPERATOR)) {
            throw new Refusal(403, visit.text("search.fault.apply"));
        }
        if (!form.faults().isEmpty()) {
            return Answer.again("search/list", view(visit, form));
        }
        try {
            String job = searches.start(visit.store().id(), visit.path("id"), form.terms(settings), visit.starter());
            return Answer.to("/stores/" + visit.store().id() + "/plugins/" + visit.path("id") + "/search/" + job);
        } catch (SearchRefusedException e) {
            return Answer.again("search/list", view(visit, form.with(e.field(), visit.said(e.getMessage()))));
        }
    }

    private SettingsSearch search(Visit visit) {
        return searches.find(visit.store().id(), visit.path("job")).filter(found -> found.plugin().equals(visit.path("id")))
                .orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        return Answer.html(visit.partial() ? "search/live" : "search/search", view(visit, search(visit)));
    }

    private Answer apply(Visit visit) {
        SettingsSearch search = search(visit);
        try {
            searches.apply(search.store(), search.job(), Integer.parseInt(visit.field("trial")), visit.starter());
        } catch (NumberFormatException e) {
            throw Refusal.missing(visit);
        } catch (SettingsRefusedException e) {
            throw new Refusal(422, visit.text("search.fault.refused"));
        }
        return Answer.to("/stores/" + search.store() + "/plugins/" + search.plugin() + "/search/" + search.job());
    }

    private SearchView view(Visit visit, SettingsSearch search) {
        Job job = jobs.find(search.job()).orElse(null);
        boolean live = job != null && !job.state().ended();
        Outcome outcome = search.outcome();
        int best = search.best().map(Trial::number).filter(number -> number != SettingsSearch.PRESENT).orElse(-1);
        List<SearchView.Row> rows = new ArrayList<>();
        for (Trial trial : search.trials()) {
            rows.add(0, row(visit, search, trial));
        }
        return new SearchView(visit.storeUrl("plugins", search.plugin(), "search", search.job()), visit.storeUrl("jobs", search.job()),
                search.plugin(), names.plugin(visit, search.plugin()), job == null ? "–" : visit.text("jobs.state." + job.state()),
                job == null ? "" : tone(job.state()),
                job == null ? "" : visit.said(job.error() != null ? job.error() : live ? job.message() : ""),
                job == null ? 1 : job.progress(), live, figures(visit, search), outcome == null ? "" : visit.said(outcome.reason()),
                outcome != null && outcome.trial() != SettingsSearch.PRESENT && outcome.best().betterThan(outcome.present()),
                outcome == null ? List.of() : metrics(visit, outcome), applied(visit, search), best, visit.may(Role.OPERATOR),
                search.terms().ranges().stream().map(range -> names.setting(visit, search.plugin(), range.name())).toList(), rows,
                new SearchCharts(visit, names, search).all());
    }

    private static List<SearchView.Figure> figures(Visit visit, SettingsSearch search) {
        String metric = search.metric() == null ? "" : Metric.label(visit, search.metric().name());
        List<SearchView.Figure> figures = new ArrayList<>();
        figures.add(new SearchView.Figure(visit.text("search.trials"), tried(visit, search),
                visit.text("search.strategy." + search.terms().strategy())));
        search.best().ifPresent(best -> figures.add(new SearchView.Figure(visit.text("search.chart.best"), number(visit, best.score()),
                metric + " · " + (best.number() == SettingsSearch.PRESENT ? visit.text("search.present")
                        : visit.text("search.nth", Integer.toString(best.number()))))));
        if (!search.trials().isEmpty()) {
            figures.add(new SearchView.Figure(visit.text("search.present"), number(visit, search.trials().get(0).score()), metric));
        }
        return figures;
    }

    private static List<SearchView.Metric> metrics(Visit visit, Outcome outcome) {
        return outcome.best().metrics().keySet().stream().map(name -> new SearchView.Metric(Metric.label(visit, name),
                value(visit, outcome.best(), name), value(visit, outcome.present(), name), value(visit, outcome.baseline(), name))).toList();
    }

    private static String value(Visit visit, Evaluation evaluation, String name) {
        return number(visit, evaluation == null ? Double.NaN : evaluation.metrics().getOrDefault(name, Double.NaN));
    }

    private static String applied(Visit visit, SettingsSearch search) {
        return search.applied() == null ? "" : visit.text("search.applied", Integer.toString(search.applied().trial()), search.applied().by(),
                visit.format().time(search.applied().at()));
    }

    private static SearchView.Row row(Visit visit, SettingsSearch search, Trial trial) {
        return new SearchView.Row(trial.number(), trial.number() == SettingsSearch.PRESENT ? visit.text("search.present")
                : Integer.toString(trial.number()), search.terms().ranges().stream()
                .map(range -> SearchCharts.value(visit, trial.settings().get(range.name()))).toList(), visit.format().percent(trial.share()),
                number(visit, trial.score()), visit.format().duration(Duration.ofMillis(Math.round(trial.seconds() * MILLIS))),
                trial.error() == null ? "" : visit.said(trial.error()), trial.number() == SettingsSearch.PRESENT,
                search.applied() != null && search.applied().trial() == trial.number());
    }
}

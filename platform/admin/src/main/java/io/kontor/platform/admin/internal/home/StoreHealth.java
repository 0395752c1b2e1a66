package io.kontor.platform.admin.internal.home;

import io.kontor.api.data.Entity;
import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.monitoring.FindingWords;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a store has, and what in it needs a person. Asks services that answer from memory or from small tables. */
@Component(service = StoreHealth.class)
public final class StoreHealth {

    private static final Duration RECENT = Duration.ofHours(24);
    private static final Duration STALE = Duration.ofDays(3);
    private static final int MOST_JOBS = 100;

    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final Jobs jobs;
    private final Proposals proposals;
    private final DataAccess data;
    private final Monitoring monitoring;

    /**
     * Made by Declarative Services.
     *
     * @param activations what is enabled
     * @param catalogue the plugins' titles
     * @param jobs what ran
     * @param proposals what waits
     * @param data how much there is
     * @param monitoring what is wrong with models
     */
    @Activate
    public StoreHealth(@Reference Activations activations, @Reference PluginCatalogue catalogue, @Reference Jobs jobs,
            @Reference Proposals proposals, @Reference DataAccess data, @Reference Monitoring monitoring) {
        this.activations = activations;
        this.catalogue = catalogue;
        this.jobs = jobs;
        this.proposals = proposals;
        this.data = data;
        this.monitoring = monitoring;
    }

    /** How much a store has, by entity. */
    Map<Entity, Extent> extents(Store store) {
        Map<Entity, Extent> extents = new EnumMap<>(Entity.class);
        data.extents(store.id()).forEach(extent -> extents.put(extent.entity(), extent));
        return extents;
    }

    /** What is enabled for a store, with titles, in the order of their families. */
    List<Enabled> enabled(Store store, Visit visit) {
        List<Enabled> enabled = new ArrayList<>();
        for (Activation activation : activations.list(store.id())) {
            catalogue.find(activation.plugin(), activation.version(), visit.locale())
                    .ifPresent(plugin -> enabled.add(new Enabled(plugin, activation)));
        }
        return enabled;
    }

    /**
     * A plugin that is enabled for the store.
     *
     * @param plugin what it is
     * @param activation how it does
     */
    public record Enabled(PluginDescriptor plugin, Activation activation) {
    }

    /** What needs a person, the worst first. */
    List<Attention> attention(Store store, Visit visit) {
        List<Attention> found = new ArrayList<>();
        plugins(store, Activation.State.FAILED, "bad", "home.failed-plugins", visit, found);
        List<Job> failed = jobs.list(store.id(), Job.State.FAILED, null, MOST_JOBS).stream()
                .filter(job -> job.finishedAt() != null && job.finishedAt().isAfter(Instant.now().minus(RECENT))).toList();
        if (!failed.isEmpty()) {
            found.add(new Attention("bad", failed.size(), visit.text("home.failed-jobs", failed.size()),
                    visit.said(failed.get(0).error()), visit.url("stores", store.id(), "jobs") + "?state=FAILED"));
        }
        plugins(store, Activation.State.WAITING, "warn", "home.waiting-plugins", visit, found);
        models(store, visit, found);
        records(store, visit, found);
        proposals.pending(store.id()).forEach((family, count) -> found.add(new Attention("accent", count,
                visit.text("home.proposals", count, visit.text("shell.family." + family)), "",
                visit.url("stores", store.id(), "proposals") + "?family=" + family + "&state=PENDING")));
        return found;
    }

    private void plugins(Store store, Activation.State state, String tone, String key, Visit visit, List<Attention> found) {
        List<Activation> those = activations.list(store.id()).stream().filter(activation -> activation.state() == state).toList();
        if (!those.isEmpty()) {
            Activation first = those.get(0);
            String title = catalogue.find(first.plugin(), first.version(), visit.locale()).map(PluginDescriptor::title).orElse(first.plugin());
            found.add(new Attention(tone, those.size(), visit.text(key, those.size()),
                    title + visit.text("home.colon") + visit.said(first.reason()),
                    visit.url("stores", store.id(), "plugins")));
        }
    }

    private void models(Store store, Visit visit, List<Attention> found) {
        List<Problem> problems = monitoring.problems(store.id(), null, false, Long.MAX_VALUE, MOST_JOBS).stream()
                .filter(problem -> problem.state() == Problem.State.OPEN).toList();
        if (!problems.isEmpty()) {
            Problem latest = problems.get(0);
            found.add(new Attention("warn", problems.size(), visit.text("home.problems", problems.size()),
                    FindingWords.what(visit, latest.kind(), latest.what()), visit.url("stores", store.id(), "monitoring")));
        }
    }

    private void records(Store store, Visit visit, List<Attention> found) {
        Map<Entity, Extent> extents = extents(store);
        long aside = extents.values().stream().mapToLong(Extent::quarantined).sum();
        if (aside > 0) {
            found.add(new Attention("warn", aside, visit.text("home.quarantined", aside), "", visit.url("stores", store.id(), "quarantine")));
        }
        Extent orders = extents.get(Entity.ORDERS);
        if (orders.to() != null && orders.to().isBefore(Instant.now().minus(STALE))) {
            found.add(new Attention("warn", Duration.between(orders.to(), Instant.now()).toDays(), visit.text("home.stale"),
                    visit.text("home.latest-order", visit.format().time(orders.to())), visit.url("stores", store.id(), "import")));
        }
    }
}

package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.api.source.DataSource;
import io.kontor.api.source.Feed;
import io.kontor.api.source.FieldMapping;
import io.kontor.api.source.ValueFormat;
import io.kontor.api.store.Store;
import io.kontor.platform.data.Sources;
import io.kontor.platform.jobs.InstanceWork;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.Stores;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of the data sources of their stores. */
@Component
public final class StoreSources implements Sources {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSources.class);
    private static final Duration CHECK = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CHECKS_AT_ONCE = 2;
    private static final int MOST_JOBS = 500;

    private final Database database;
    private final Stores stores;
    private final Jobs jobs;
    private final ActivePlugins active;
    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final SourceTable table;
    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE);
    private final Clock clock = Clock.systemUTC();

    /**
     * Made by Declarative Services.
     *
     * @param database remembers how far was read
     * @param stores tell time zones
     * @param jobs do the reading
     * @param active the running instances
     * @param activations what is enabled
     * @param catalogue tells which plugins are sources
     */
    @Activate
    public StoreSources(@Reference Database database, @Reference Stores stores, @Reference Jobs jobs, @Reference ActivePlugins active,
            @Reference Activations activations, @Reference PluginCatalogue catalogue) {
        this.database = database;
        this.stores = stores;
        this.jobs = jobs;
        this.active = active;
        this.activations = activations;
        this.catalogue = catalogue;
        this.table = new SourceTable(database);
    }

    @Override
    public List<Source> list(String store) {
        return activations.choices().stream().filter(choice -> choice.store().equals(store)).filter(this::isSource)
                .map(Activations.Choice::plugin).sorted().map(plugin -> source(store, plugin)).toList();
    }

    private boolean isSource(Activations.Choice choice) {
        return catalogue.find(choice.plugin(), choice.version(), Locale.ENGLISH).filter(plugin -> plugin.family().equals(Family.SOURCE))
                .isPresent();
    }

    @Override
    public Optional<Source> find(String store, String plugin) {
        return activations.choice(store, plugin).filter(this::isSource).map(choice -> source(store, plugin));
    }

    private Source source(String store, String plugin) {
        SourceTable.Key key = new SourceTable.Key(store, plugin);
        Optional<List<Feed>> feeds = feeds(store, plugin);
        Map<Entity, SourceTable.Progress> progress = table.progress(key);
        List<FeedState> states = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            Optional<Feed> feed = feeds.stream().flatMap(List::stream).filter(one -> one.entity() == entity).findFirst();
            if (feed.isPresent() || progress.containsKey(entity)) {
                SourceTable.Progress done = progress.getOrDefault(entity, SourceTable.Progress.NONE);
                states.add(new FeedState(entity, feed.map(Feed::from).orElse(null), feed.map(one -> words(one.mapping())).orElse(Map.of()),
                        done.watermark(), done.files(), done.read(), done.stored(), done.duplicates(), done.quarantined()));
            }
        }
        Optional<SourceTable.LastRun> last = table.lastRun(key);
        return new Source(plugin, feeds.isPresent(), last.map(SourceTable.LastRun::job).orElse(null),
                last.map(SourceTable.LastRun::started).orElse(null), last.map(SourceTable.LastRun::finished).orElse(null),
                last.map(SourceTable.LastRun::error).orElse(null), states);
    }

    private static Map<String, String> words(FieldMapping mapping) {
        Map<String, String> words = new LinkedHashMap<>();
        mapping.fields().forEach((ours, field) -> words.put(ours, field.theirs() + hints(field.format())));
        return words;
    }

    private static String hints(ValueFormat format) {
        return format.dates().map(dates -> ";format=" + dates).orElse("") + format.zone().map(zone -> ";zone=" + zone).orElse("")
                + (format.decimal() == 0 ? "" : ";decimal=" + format.decimal())
                + (format.unit().equals(BigDecimal.ONE) ? "" : ";unit=" + format.unit().toPlainString());
    }

    /** What a source reads, asked of its instance. */
    private Optional<List<Feed>> feeds(String store, String plugin) {
        Optional<PluginInstance.Lease> lease = active.parts(store, plugin, DataSource.class).stream().findFirst()
                .flatMap(PluginInstance::lease);
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try (PluginInstance.Lease open = lease.get()) {
            return Optional.of(List.copyOf(((DataSource) open.service()).feeds()));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The source {} of {} cannot say what it reads", plugin, store, e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized String run(String store, String plugin, Starter by) {
        return jobs(store, plugin, Job.State.QUEUED).findFirst().map(Job::id)
                .orElseGet(() -> jobs.submit(new JobRequest(PluginTask.READ, store, plugin, Map.of(), "import:" + store, by)));
    }

    private Stream<Job> jobs(String store, String plugin, Job.State state) {
        return jobs.list(store, state, null, MOST_JOBS).stream()
                .filter(job -> job.type().equals(PluginTask.READ) && plugin.equals(job.plugin()));
    }

    @Override
    public Preview check(String store, String plugin) {
        Store found = stores.find(store).orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        if (!checks.tryAcquire()) {
            throw new KontorException(KontorException.Kind.CAPACITY, "Other sources are being checked; try again in a moment.");
        }
        try {
            return new InstanceWork(active, activations, PATIENCE).run(new JobRequest(PluginTask.READ, store, plugin, Map.of(), null),
                    new InstanceWork.Part<>(DataSource.class, part -> true, "data source"), new Watch(clock.instant().plus(CHECK)),
                    (source, context) -> check(found, source, context));
        } catch (KontorException | CancellationException e) {
            throw e;
        } catch (Exception e) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The source could not be checked; the server's log tells why.", e);
        } finally {
            checks.release();
        }
    }

    private Preview check(Store store, DataSource source, JobContext context) {
        SourceCheck check = new SourceCheck(database, store, context, clock, source.feeds());
        try {
            source.read(check);
            return check.preview(null);
        } catch (KontorException e) {
            return check.preview(e.getMessage());
        } catch (CancellationException e) {
            return check.preview("The check took longer than " + CHECK.toSeconds() + " seconds.");
        } catch (Exception e) {
            LOG.warn("The check of a source of {} failed", store.id(), e);
            return check.preview("The source failed unexpectedly; the server's log tells why.");
        }
    }

    @Override
    public boolean forget(String store, String plugin) {
        if (jobs(store, plugin, Job.State.RUNNING).findAny().isPresent()) {
            return false;
        }
        table.forget(new SourceTable.Key(store, plugin));
        return true;
    }

    /** Ends a check that takes too long. */
    private final class Watch implements JobContext {

        private final Instant end;

        Watch(Instant end) {
            this.end = end;
        }

        @Override
        public void progress(double fraction, String message) {
            // a check shows nothing before it is done
        }

        @Override
        public void log(String line) {
            // a check leaves nothing behind
        }

        @Override
        public void checkCancelled() {
            if (clock.instant().isAfter(end)) {
                throw new CancellationException("The check took too long.");
            }
        }
    }
}

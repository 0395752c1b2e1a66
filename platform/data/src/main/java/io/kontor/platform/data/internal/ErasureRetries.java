package io.kontor.platform.data.internal;

import io.kontor.api.privacy.Person;
import io.kontor.platform.data.internal.OpenErasures.Part;
import io.kontor.platform.data.internal.PersonHandlers.Said;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Activations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks plugins again that have not erased a person, until they have or are disabled for the store; the erasure's job tells how far it is. */
@Component(immediate = true, service = ErasureRetries.class)
public final class ErasureRetries {

    private static final Logger LOG = LoggerFactory.getLogger(ErasureRetries.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);

    private final OpenErasures open;
    private final PersonHandlers plugins;
    private final KeyedPseudonyms pseudonyms;
    private final Activations activations;
    private final Jobs jobs;
    private final ScheduledExecutorService clock;

    /**
     * Starts looking.
     *
     * @param database has the open erasures
     * @param plugins what plugins keep of persons
     * @param pseudonyms what plugins call the customers
     * @param activations which plugins are enabled
     * @param jobs tell how far erasures are
     */
    @Activate
    public ErasureRetries(@Reference Database database, @Reference PersonHandlers plugins, @Reference KeyedPseudonyms pseudonyms,
            @Reference Activations activations, @Reference Jobs jobs) {
        this.open = new OpenErasures(database);
        this.plugins = plugins;
        this.pseudonyms = pseudonyms;
        this.activations = activations;
        this.jobs = jobs;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kontor-erasures");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(this::look, LOOKS_EVERY.toMillis(), LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            open.take(System.currentTimeMillis()).forEach(this::attempt);
        } catch (RuntimeException e) {
            LOG.warn("Open erasures could not be gone on with; it is tried again in {} s", LOOKS_EVERY.toSeconds(), e);
        }
    }

    private void attempt(Part part) {
        String store = part.erasure().store();
        String customer = part.erasure().customer();
        Map<String, Object> told;
        if (activations.choice(store, part.plugin()).isEmpty()) {
            told = Map.of("plugin", part.plugin(), OpenErasures.STATE, "disabled", "attempts", part.attempts());
            open.done(part);
        } else {
            Person person = new Person(customer, pseudonyms.of(store, customer));
            Optional<Said<Long>> said = plugins.erase(store, part.plugin(), person);
            told = OpenErasures.told(part.plugin(), part.attempts(),
                    said.orElse(new Said<>(null, part.plugin() + " is not running for the store")));
            if (said.isPresent() && said.get().value() != null) {
                open.done(part);
            }
        }
        pseudonyms.erased(store, customer);
        tell(part.erasure().job(), told);
    }

    @SuppressWarnings("unchecked")
    private void tell(String job, Map<String, Object> told) {
        Map<String, Object> result = job == null ? null : jobs.find(job).map(found -> found.result()).orElse(null);
        if (result != null && result.get(OpenErasures.PLUGINS) instanceof List<?> before) {
            List<Map<String, Object>> now = new ArrayList<>((List<Map<String, Object>>) before);
            now.replaceAll(each -> each.get("plugin").equals(told.get("plugin")) ? told : each);
            Map<String, Object> changed = new LinkedHashMap<>(result);
            changed.put(OpenErasures.PLUGINS, now);
            boolean waiting = now.stream().anyMatch(each -> OpenErasures.WAITING.equals(each.get(OpenErasures.STATE)));
            jobs.amend(job, changed, waiting ? null : "The records are erased.");
        }
    }

    @Deactivate
    void close() {
        clock.shutdownNow();
    }
}

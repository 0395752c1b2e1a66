package io.kontor.platform.admin.internal.contributed;

import dev.failsafe.Bulkhead;
import dev.failsafe.BulkheadFullException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import io.kontor.api.admin.AdminPage;
import io.kontor.api.admin.PageContent;
import io.kontor.api.admin.PageRequest;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.PluginInstance.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the pages of plugins on threads of their own: at most {@value #AT_ONCE} calls of a plugin's pages at once, each for a bounded time,
 * so that a page that throws, hangs or spins costs its visitor a card and nobody else anything.
 */
@Component(service = PageCalls.class)
public final class PageCalls {

    private static final Logger LOG = LoggerFactory.getLogger(PageCalls.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 4;

    private final AtomicLong threads = new AtomicLong();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kontor-page-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, FailsafeExecutor<PageContent>> byPlugin = new ConcurrentHashMap<>();

    /** What came of a call. */
    sealed interface Outcome {

        /**
         * A page.
         *
         * @param content as the plugin made it
         */
        record Made(PageContent content) implements Outcome {
        }

        /**
         * No page.
         *
         * @param key the text that says why
         */
        record Failed(String key) implements Outcome {
        }
    }

    @Deactivate
    void close() {
        executor.shutdownNow();
    }

    Outcome render(PluginInstance page, PageRequest request) {
        try {
            PageContent content = guarded(page.plugin()).getAsync(() -> call(page, request)).get();
            return content == null ? new Outcome.Failed("contributed.nothing") : new Outcome.Made(content);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("contributed.failed");
        } catch (ExecutionException e) {
            return failed(page, e.getCause());
        }
    }

    private static Outcome failed(PluginInstance page, Throwable cause) {
        if (cause instanceof BulkheadFullException) {
            return new Outcome.Failed("contributed.busy");
        } else if (cause instanceof TimeoutExceededException) {
            LOG.warn("A page of {} for {} did not answer within {} s", page.plugin(), page.store(), PATIENCE.toSeconds());
            return new Outcome.Failed("contributed.late");
        }
        LOG.warn("A page of {} for {} failed", page.plugin(), page.store(), cause);
        return new Outcome.Failed("contributed.failed");
    }

    private FailsafeExecutor<PageContent> guarded(String plugin) {
        return byPlugin.computeIfAbsent(plugin, id -> Failsafe.with(Timeout.<PageContent>builder(PATIENCE).withInterrupt().build(),
                Bulkhead.<PageContent>of(AT_ONCE)).with(executor));
    }

    private static PageContent call(PluginInstance page, PageRequest request) {
        try (Lease lease = page.lease().orElse(null)) {
            return lease == null ? null : ((AdminPage) lease.service()).render(request);
        }
    }
}

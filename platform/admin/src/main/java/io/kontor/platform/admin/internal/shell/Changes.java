package io.kontor.platform.admin.internal.shell;

import io.kontor.api.admin.AdminPage;
import io.kontor.platform.plugins.CatalogueListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages, by server-sent events, that plugins or their pages have come or gone, so that the navigation follows without a reload.
 * No thread waits for a page; changes that come close together are told once.
 */
@Component(service = {Changes.class, CatalogueListener.class})
public final class Changes implements CatalogueListener {

    /** The address below {@code /admin}. */
    static final String PATH = "changes";

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final int MOST_FOLLOWERS = 500;
    private static final long GATHER_MILLIS = 200;
    private static final long HEARTBEAT_SECONDS = 20;
    /** The browser connects again after this, and shows its session anew. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final BundleContext context;
    private final ServiceListener listener = event -> changed();
    private final Set<AsyncContext> followers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kontor-admin-changes");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts to listen.
     *
     * @param context of this bundle
     */
    @Activate
    public Changes(BundleContext context) {
        this.context = context;
        try {
            context.addServiceListener(listener, "(objectClass=" + AdminPage.class.getName() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        teller.scheduleWithFixedDelay(() -> tell(": still there\n\n"), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        context.removeServiceListener(listener);
        teller.shutdownNow();
        followers.forEach(this::end);
    }

    @Override
    public void added(String bundle, Version version) {
        changed();
    }

    @Override
    public void removing(String bundle, Version version) {
        changed();
    }

    private void changed() {
        if (pending.compareAndSet(false, true)) {
            teller.schedule(() -> {
                pending.set(false);
                tell("event: changed\ndata: plugins\n\n");
            }, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes a page on. */
    void follow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (followers.size() >= MOST_FOLLOWERS) {
            response.setHeader("Retry-After", "60");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        response.setContentType("text/event-stream;charset=utf-8");
        response.getOutputStream().write(": hello\n\n".getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
        AsyncContext follower = request.startAsync();
        follower.setTimeout(0);
        followers.add(follower);
        teller.schedule(() -> end(follower), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        for (AsyncContext follower : followers) {
            try {
                follower.getResponse().getOutputStream().write(bytes);
                follower.getResponse().flushBuffer();
            } catch (IOException | RuntimeException e) {
                LOG.debug("A page that followed changes has gone", e);
                end(follower);
            }
        }
    }

    private void end(AsyncContext follower) {
        if (followers.remove(follower)) {
            try {
                follower.complete();
            } catch (IllegalStateException e) {
                LOG.debug("A page that followed changes had ended already", e);
            }
        }
    }
}

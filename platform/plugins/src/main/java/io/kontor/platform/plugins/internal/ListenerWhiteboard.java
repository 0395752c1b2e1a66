package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.CatalogueListener;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue listeners of the service registry. One that throws does not keep the others from hearing. */
final class ListenerWhiteboard {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerWhiteboard.class);

    private final ServiceTracker<CatalogueListener, CatalogueListener> tracker;

    /**
     * Starts to track.
     *
     * @param context of this bundle
     */
    ListenerWhiteboard(BundleContext context) {
        tracker = new ServiceTracker<>(context, CatalogueListener.class, null);
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    void added(BundleKey key) {
        tell(key, listener -> listener.added(key.symbolicName(), key.version()));
    }

    void removing(BundleKey key) {
        tell(key, listener -> listener.removing(key.symbolicName(), key.version()));
    }

    private void tell(BundleKey key, Consumer<CatalogueListener> news) {
        for (CatalogueListener listener : tracker.getServices(new CatalogueListener[0])) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("Bundle {}: {} could not deal with its coming or going", key, listener.getClass().getName(), e);
            }
        }
    }
}

package io.kontor.platform.stores.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.stores.Activations;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.util.tracker.ServiceTracker;

/** An instance from a configuration of its own that goes when the run is over. */
final class TrialInstance implements Activations.Trial {

    private final ServiceTracker<Object, Object> tracker;
    private final ActivationConfigurations configurations;
    private final Enabled enabled;
    private final String name;
    private final Map<String, Object> settings;
    private final Object service;

    TrialInstance(BundleContext context, ActivationConfigurations configurations, Enabled enabled, String name,
            Map<String, Object> settings, long patienceMillis) {
        this.configurations = configurations;
        this.enabled = enabled;
        this.name = name;
        this.settings = settings;
        try {
            this.tracker = new ServiceTracker<>(context, context.createFilter(
                    "(&(" + Properties.TRIAL + "=" + name + ")(" + Properties.FAMILY + "=*))"), null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        tracker.open(true);
        this.service = await(patienceMillis);
        if (service == null) {
            tracker.close();
            throw new KontorException(KontorException.Kind.PLUGIN,
                    "The plugin " + enabled.plugin() + " could not be started with these settings.");
        }
    }

    private Object await(long patienceMillis) {
        try {
            return tracker.waitForService(patienceMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public Object service() {
        return service;
    }

    @Override
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public Version version() {
        return enabled.version();
    }

    @Override
    public void close() {
        tracker.close();
        configurations.deleteTrial(enabled, name);
    }
}

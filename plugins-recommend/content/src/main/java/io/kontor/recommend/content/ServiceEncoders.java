package io.kontor.recommend.content;

import io.kontor.api.feature.TextEncoder;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Those among the framework's services, which optional bundles bring and take away. One that was used is held, as it is slow to load. */
final class ServiceEncoders implements Encoders {

    private final BundleContext context;
    private final Map<ServiceReference<TextEncoder>, TextEncoder> held = new HashMap<>();

    /**
     * Holds none yet.
     *
     * @param context where they are looked for
     */
    ServiceEncoders(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<TextEncoder> reading(String language) {
        return found(TextEncoder.LANGUAGE, language);
    }

    @Override
    public Optional<TextEncoder> named(String name) {
        return found(TextEncoder.NAME, name);
    }

    private synchronized Optional<TextEncoder> found(String property, String value) {
        held.keySet().removeIf(reference -> reference.getBundle() == null);
        return references().stream().filter(reference -> value.equals(reference.getProperty(property))).max(Comparator.naturalOrder())
                .map(reference -> held.computeIfAbsent(reference, context::getService));
    }

    private Collection<ServiceReference<TextEncoder>> references() {
        try {
            return context.getServiceReferences(TextEncoder.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        held.keySet().forEach(context::ungetService);
        held.clear();
    }
}

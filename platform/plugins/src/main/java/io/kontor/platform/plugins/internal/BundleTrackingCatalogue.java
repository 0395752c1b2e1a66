package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * The catalogue as the active bundles make it: each bundle with component descriptions is an entry from the moment that it is active until
 * it stops. A bundle that is being deployed or removed stays out of sight by {@link #hide}.
 */
@Component(service = {PluginCatalogue.class, BundleTrackingCatalogue.class}, immediate = true)
public final class BundleTrackingCatalogue implements PluginCatalogue, BundleTrackerCustomizer<CatalogueEntry> {

    private static final Comparator<PluginDescriptor> ORDER = Comparator.comparing(PluginDescriptor::id)
        .thenComparing(PluginDescriptor::version, Comparator.reverseOrder()).thenComparing(PluginDescriptor::bundle);

    private final ServiceComponentRuntime components;
    private final Map<Bundle, CatalogueEntry> entries = new ConcurrentHashMap<>();
    private final Set<Long> hidden = ConcurrentHashMap.newKeySet();
    private final BundleTracker<CatalogueEntry> tracker;

    /**
     * Starts to track.
     *
     * @param context of this bundle
     * @param components the component runtime
     */
    @Activate
    public BundleTrackingCatalogue(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.components = components;
        tracker = new BundleTracker<>(context, Bundle.ACTIVE | Bundle.STARTING, this);
        tracker.open();
    }

    @Deactivate
    void close() {
        tracker.close();
    }

    @Override
    public List<PluginDescriptor> plugins(Locale locale) {
        return visible(locale).sorted(ORDER).toList();
    }

    @Override
    public Optional<PluginDescriptor> find(String id, Version version, Locale locale) {
        return visible(locale).filter(plugin -> plugin.id().equals(id) && (version == null || plugin.version().equals(version)))
            .min(ORDER);
    }

    @Override
    public Optional<Bundle> bundle(PluginDescriptor plugin) {
        BundleKey key = new BundleKey(plugin.bundle(), plugin.version());
        return entries.keySet().stream().filter(bundle -> BundleKey.of(bundle).equals(key) && !hidden.contains(bundle.getBundleId()))
            .findFirst();
    }

    /**
     * Keeps a bundle out of sight.
     *
     * @param bundle any bundle, active or not
     */
    void hide(Bundle bundle) {
        hidden.add(bundle.getBundleId());
    }

    /**
     * Lets a bundle be seen when it is active.
     *
     * @param bundle a bundle that was hidden, perhaps uninstalled since
     */
    void show(Bundle bundle) {
        hidden.remove(bundle.getBundleId());
    }

    @Override
    public CatalogueEntry addingBundle(Bundle bundle, BundleEvent event) {
        if (bundle.getHeaders("").get(CatalogueEntry.SERVICE_COMPONENT) == null || startsEagerly(bundle)) {
            return null;
        }
        CatalogueEntry entry = new CatalogueEntry(bundle, components);
        entries.put(bundle, entry);
        return entry;
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, CatalogueEntry entry) {
        // from waiting for its first class to active: nothing changes
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, CatalogueEntry entry) {
        entries.remove(bundle);
    }

    /** Such a bundle is in the middle of its activator; it is looked at again when it is active. */
    private static boolean startsEagerly(Bundle bundle) {
        String policy = Objects.requireNonNullElse(bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY), "");
        return bundle.getState() == Bundle.STARTING && !policy.startsWith(Constants.ACTIVATION_LAZY);
    }

    private Stream<PluginDescriptor> visible(Locale locale) {
        return entries.values().stream().filter(entry -> !hidden.contains(entry.bundle().getBundleId()))
            .flatMap(entry -> entry.plugins(locale).stream());
    }
}

package io.kontor.platform.stores.internal;

import io.kontor.api.data.Arrival;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Following;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Picture;
import io.kontor.api.data.Pictures;
import io.kontor.api.data.Place;
import io.kontor.api.data.Product;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.StoreData;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.CatalogueListener;
import io.kontor.platform.plugins.internal.BundleTrackingCatalogue;
import io.kontor.platform.plugins.internal.DescribedComponentStates;
import io.kontor.platform.plugins.internal.HotDeployer;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.StoreListener;
import io.kontor.platform.testkit.framework.ComponentFramework;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.ListenerHook;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Stores and activations in a framework, with hot deployment and a data service for each store, as the runtime has them. */
final class Kernel implements AutoCloseable {

    final ComponentFramework framework;
    final StoreTable stores;
    final ConfiguredActivations activations;
    final InstanceIndex index;
    private final HotDeployer deployer;

    /**
     * Starts all.
     *
     * @param folder outlives the kernel; bundles in {@code home/plugins} are the shipped ones
     * @param database outlives the kernel
     */
    Kernel(Path folder, Database database) throws Exception {
        Files.createDirectories(folder.resolve("deploy"));
        framework = new ComponentFramework(folder, Map.of("kontor.home", folder.resolve("home").toString(),
                "kontor.data", folder.resolve("data").toString(), "kontor.deploy", folder.resolve("deploy").toString()));
        BundleContext context = framework.context();
        context.registerService(new String[] {EventListenerHook.class.getName(), ListenerHook.class.getName()}, new StoreEvents(), null);
        ServiceComponentRuntime components = framework.service(ServiceComponentRuntime.class);
        BundleTrackingCatalogue catalogue = new BundleTrackingCatalogue(context, components);
        deployer = new HotDeployer(context, database, catalogue, components);
        index = new InstanceIndex(context);
        activations = new ConfiguredActivations(context,
                new ActivationConfigurations(framework.service(ConfigurationAdmin.class), components, catalogue), catalogue,
                new DescribedComponentStates(context, components), index);
        context.registerService(CatalogueListener.class, activations, null);
        stores = new StoreTable(database);
        activations.setStores(stores);
        stores.addListener(activations);
        stores.addListener(new DataServices(context));
    }

    /** A database with the tables of these modules. */
    static Databases.Opened open(FreshDatabase fresh) {
        return Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(StoreRow.class),
                Map.of("io.kontor.platform.plugins", List.of(HotDeployer.class.getResource("/db/migration/V1__deployed_bundles.sql")),
                        "io.kontor.platform.stores", List.of(StoreRow.class.getResource("/db/migration/V1__store.sql"))));
    }

    /** A shop in Germany. */
    static Store store(String id) {
        return new Store(id, "Shop " + id, Currency.getInstance("EUR"), Locale.GERMANY, ZoneId.of("Europe/Berlin"), "DE");
    }

    void deploy(byte[] jar) throws IOException {
        deployer.deploy(new ByteArrayInputStream(jar), BundleDeployer.Origin.API);
    }

    BundleDeployer deployer() {
        return deployer;
    }

    /** How many instances of plugins are registered for a store. */
    int instances(String store) {
        try {
            ServiceReference<?>[] found = framework.context().getAllServiceReferences(null,
                    "(&(" + Properties.STORE + "=" + store + ")(" + Properties.PLUGIN + "=*))");
            return found == null ? 0 : found.length;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What a store's instance of a plugin says when asked; the shelves of these tests say which version, settings and store they have. */
    String ask(String store, String plugin) {
        PluginInstance instance = index.instance(store, plugin).orElseThrow(() -> new AssertionError(plugin + " does not run for " + store));
        try (PluginInstance.Lease lease = instance.lease().orElseThrow(() -> new AssertionError(plugin + " cannot be created"))) {
            return ((Recommender) lease.service()).recommend(request()).items().get(0).product();
        }
    }

    private static RecommendationRequest request() {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), 1, product -> true);
    }

    @Override
    public void close() throws Exception {
        index.close();
        framework.close();
    }

    /** Registers a data service for each store. */
    private static final class DataServices implements StoreListener {

        private final BundleContext context;
        private final Map<String, ServiceRegistration<StoreData>> registrations = new ConcurrentHashMap<>();

        DataServices(BundleContext context) {
            this.context = context;
        }

        @Override
        public void present(Store store) {
            registrations.computeIfAbsent(store.id(), id -> context.registerService(StoreData.class, new NoData(store),
                    new Hashtable<>(Map.of(Properties.STORE, id))));
        }

        @Override
        public void deleted(Store store) {
            Optional.ofNullable(registrations.remove(store.id())).ifPresent(ServiceRegistration::unregister);
        }
    }

    /** The data of a store that has none. */
    private record NoData(Store store) implements StoreData {

        @Override
        public Snapshot snapshot() {
            throw new UnsupportedOperationException("there is no data");
        }

        @Override
        public Optional<Product> product(String id) {
            return Optional.empty();
        }

        @Override
        public List<Interaction> history(String customer, int limit) {
            return List.of();
        }

        @Override
        public Following follow(long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
            return () -> { };
        }

        @Override
        public List<Arrival> arrivals() {
            return List.of();
        }

        @Override
        public Place place(String customer) {
            return Place.UNKNOWN;
        }

        @Override
        public byte[] file(String name) {
            throw new UnsupportedOperationException("there are no files");
        }

        @Override
        public Pictures pictures() {
            throw new UnsupportedOperationException("there are no pictures");
        }

        @Override
        public Optional<Picture> picture(String key) {
            return Optional.empty();
        }
    }
}

package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Arrival;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Following;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Picture;
import io.kontor.api.data.Pictures;
import io.kontor.api.data.Place;
import io.kontor.api.data.Product;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.StoreData;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.StoreFiles;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import io.kontor.platform.stores.Stores;
import java.sql.PreparedStatement;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every store a {@link StoreData} service of its own, answers the platform's questions about records, and removes a deleted store's. */
@Component(service = {DataAccess.class, StoreListener.class})
public final class StoreRecords implements DataAccess, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRecords.class);
    private static final int DELETED_TOGETHER = 20_000;

    private final BundleContext context;
    private final Database database;
    private final Stores stores;
    private final Memory memory;
    private final Intake intake;
    private final StoreFiles files;
    private final KeptPictures pictures;
    private final KeyedPseudonyms pseudonyms;
    private final EventFollowers followers;
    private final Map<String, ServiceRegistration<StoreData>> services = new ConcurrentHashMap<>();

    /**
     * Made by Declarative Services.
     *
     * @param context where the stores' services are registered
     * @param database has the records
     * @param stores all stores
     * @param memory serves what is read often
     * @param intake has the latest transactions
     * @param files has what was uploaded
     * @param pictures has what products look like
     * @param pseudonyms what plugins call the customers
     * @param followers tells of the latest events
     */
    @Activate
    public StoreRecords(BundleContext context, @Reference Database database, @Reference Stores stores, @Reference Memory memory,
            @Reference Intake intake, @Reference StoreFiles files, @Reference KeptPictures pictures,
            @Reference KeyedPseudonyms pseudonyms, @Reference EventFollowers followers) {
        this.followers = followers;
        this.pseudonyms = pseudonyms;
        this.intake = intake;
        this.files = files;
        this.pictures = pictures;
        this.context = context;
        this.database = database;
        this.stores = stores;
        this.memory = memory;
    }

    /** The records of one store. */
    private final class OneStore implements StoreData {

        private final String id;

        OneStore(String id) {
            this.id = id;
        }

        @Override
        public Store store() {
            return stores.find(id).orElseThrow(() -> new IllegalStateException("The store " + id + " was deleted"));
        }

        @Override
        public Snapshot snapshot() {
            return StoreRecords.this.snapshot(id, KnownCustomers.Use.UNKNOWN);
        }

        @Override
        public Optional<Product> product(String product) {
            return memory.product(id, product);
        }

        @Override
        public List<Interaction> history(String customer, int limit) {
            return memory.history(id, pseudonyms.customer(id, customer), limit);
        }

        @Override
        public Following follow(long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
            return followers.follow(id, after, most, batches, forgotten);
        }

        @Override
        public List<Arrival> arrivals() {
            return memory.shelves().arrivals(id);
        }

        @Override
        public Place place(String customer) {
            return memory.shelves().place(id, pseudonyms.customer(id, customer));
        }

        @Override
        public byte[] file(String name) {
            return files.bytes(id, name).orElseThrow(() -> new KontorException(KontorException.Kind.CONFIGURATION,
                    "Store " + id + " has no file \"" + name + "\"; upload it first."));
        }

        @Override
        public Pictures pictures() {
            return pictures.pictures(id);
        }

        @Override
        public Optional<Picture> picture(String key) {
            return pictures.picture(id, key);
        }
    }

    @Override
    public void present(Store store) {
        services.computeIfAbsent(store.id(), id -> context.registerService(StoreData.class, new OneStore(id),
                new Hashtable<>(Map.of("kontor.store", id))));
    }

    @Override
    public void deleted(Store store) {
        ServiceRegistration<StoreData> service = services.remove(store.id());
        if (service != null) {
            service.unregister();
        }
        try {
            intake.settle();
            for (Entity entity : Entity.values()) {
                delete(Records.of(entity).table(), store.id());
            }
            delete("quarantine", store.id());
            delete("data_extent", store.id());
            delete("erasure", store.id());
            delete("data_quality", store.id());
            delete("data_cleaning", store.id());
            delete("accepted_event", store.id());
            delete("forgotten_customer", store.id());
            delete("store_file", store.id());
            delete("product_picture", store.id());
            delete("picture_bytes", store.id());
            delete("customer_secret", store.id());
            delete("consent", store.id());
            delete("consent_default", store.id());
            delete("retention", store.id());
            delete("retention_run", store.id());
            new SourceTable(database).deleted(store.id());
        } catch (RuntimeException e) {
            LOG.error("The records of the deleted store {} could not all be removed; deleting it again under its id will go on", store.id(), e);
        }
        memory.deleted(store.id());
        pictures.forget(store.id());
        pseudonyms.deleted(store.id());
    }

    /** Deletes in portions, so that neither the database's memory nor its locks grow with the store. */
    private void delete(String table, String store) {
        String key = switch (table) {
            case "quarantine" -> "(store, entity, line, digest)";
            case "data_extent", "data_cleaning", "retention" -> "(store, entity)";
            case "erasure" -> "(id)";
            case "consent" -> "(store, customer_id, purpose)";
            case "consent_default" -> "(store, country)";
            case "data_quality", "customer_secret", "retention_run" -> "(store)";
            case "accepted_event", "forgotten_customer" -> "(store, position)";
            case "store_file", "product_picture" -> "(store, name)";
            case "picture_bytes" -> "(store, picture_key)";
            default -> "(store, id)";
        };
        String columns = key.substring(1, key.length() - 1);
        int deleted = DELETED_TOGETHER;
        while (deleted == DELETED_TOGETHER) {
            deleted = database.jdbc(connection -> {
                try (PreparedStatement statement = connection.prepareStatement("delete from " + table + " where " + key + " in (select "
                        + columns + " from " + table + " where store = ? limit " + DELETED_TOGETHER + ")")) {
                    statement.setString(1, store);
                    return statement.executeUpdate();
                }
            });
        }
    }

    @Override
    public StoreData of(String store) {
        return new OneStore(store);
    }

    @Override
    public Snapshot snapshot(String store, String family) {
        return snapshot(store, KnownCustomers.Use.of(family));
    }

    private Snapshot snapshot(String store, KnownCustomers.Use use) {
        intake.settle();
        String country = stores.find(store).map(Store::country).orElse("");
        return TableSnapshot.openFor(database, store, country, pseudonyms.key(store), use);
    }

    @Override
    public List<String> cleaned(String store) {
        intake.settle();
        return database.jdbc(connection -> StoreCleaning.told(connection, store));
    }

    @Override
    public Optional<String> state(Snapshot snapshot) {
        return snapshot instanceof TableSnapshot table ? Optional.of(table.state()) : Optional.empty();
    }

    @Override
    public List<Extent> extents(String store) {
        intake.settle();
        return database.jdbc(connection -> Extents.read(connection, store));
    }

    @Override
    public List<Quarantined> quarantine(String store, Entity entity, long before, int limit) {
        return database.jdbc(connection -> Quarantine.list(connection, store, entity, before, limit));
    }

    @Override
    public Set<String> inactiveProducts(String store) {
        return memory.inactive(store);
    }

    @Override
    public long changes(String store, Entity entity) {
        return memory.changes(store, entity);
    }

    @Deactivate
    void close() {
        services.values().forEach(ServiceRegistration::unregister);
        services.clear();
    }
}

package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.store.Store;
import io.kontor.platform.models.StoreLimits;
import io.kontor.platform.models.TrainingLimits;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Limits of stores in the database, beside those of the installation. They go with their store. */
@Component(service = {StoreLimits.class, StoreListener.class})
public final class KeptLimits implements StoreLimits, StoreListener {

    private final Database database;
    private final TrainingLimits installation;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps them
     * @param context has the installation's setting
     */
    @Activate
    public KeptLimits(@Reference Database database, BundleContext context) {
        this(database, context.getProperty(TrainingLimits.SETTING));
    }

    KeptLimits(Database database, String setting) {
        this.database = database;
        try {
            installation = TrainingLimits.parse(setting)
                    .or(new TrainingLimits(Runtime.getRuntime().availableProcessors(), null, null));
        } catch (IllegalArgumentException e) {
            throw new KontorException(Kind.CONFIGURATION, "KONTOR_TRAINING_LIMITS has \"" + e.getMessage()
                    + "\", but must have parts such as threads=2, memory=400m or time=2h.", e);
        }
    }

    @Override
    public TrainingLimits own(String store) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select threads, memory_mb, minutes from training_limits where store = ?")) {
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? new TrainingLimits(row.getObject(1, Integer.class), row.getObject(2, Integer.class),
                            row.getObject(3, Integer.class)) : TrainingLimits.NONE;
                }
            }
        });
    }

    @Override
    public TrainingLimits of(String store) {
        return own(store).or(installation);
    }

    @Override
    public void change(String store, TrainingLimits limits) {
        if (!limits.faults().isEmpty()) {
            throw new IllegalArgumentException(limits.faults().get(0).field() + " " + limits.faults().get(0).message());
        }
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from training_limits where store = ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into training_limits (store, threads, memory_mb, minutes) values (?, ?, ?, ?)")) {
                delete.setString(1, store);
                delete.executeUpdate();
                insert.setString(1, store);
                insert.setObject(2, limits.threads());
                insert.setObject(3, limits.memoryMb());
                insert.setObject(4, limits.minutes());
                return limits.equals(TrainingLimits.NONE) ? 0 : insert.executeUpdate();
            }
        });
    }

    @Override
    public void present(Store store) {
        // a new store has the installation's limits
    }

    @Override
    public void deleted(Store store) {
        change(store.id(), TrainingLimits.NONE);
    }
}

package io.kontor.platform.jobs.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.stores.StoreListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the schedules of a deleted store, which would submit jobs for nobody. */
@Component(service = StoreListener.class)
public final class StoreSchedules implements StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSchedules.class);

    private final Schedules schedules;

    /**
     * Made by Declarative Services.
     *
     * @param schedules of all stores
     */
    @Activate
    public StoreSchedules(@Reference Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public void present(Store store) {
        // a store begins without schedules
    }

    @Override
    public void deleted(Store store) {
        try {
            schedules.list(store.id()).forEach(schedule -> schedules.delete(store.id(), schedule.id()));
        } catch (RuntimeException e) {
            LOG.error("The schedules of the deleted store {} could not be removed; their jobs will fail. Add the store and delete it again "
                    + "to remove them", store.id(), e);
        }
    }
}

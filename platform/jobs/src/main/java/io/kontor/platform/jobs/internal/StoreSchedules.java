package io.kontor.platform.jobs.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.plugins.CatalogueListener;
import io.kontor.platform.stores.ActivationListener;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.StoreListener;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the schedules follow what stores enable, which bundles there are and which stores. */
@Component(service = {ActivationListener.class, CatalogueListener.class, StoreListener.class})
public final class StoreSchedules implements ActivationListener, CatalogueListener, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSchedules.class);

    private final CronSchedules schedules;

    /**
     * Made by Declarative Services.
     *
     * @param schedules of all stores
     */
    @Activate
    public StoreSchedules(@Reference CronSchedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public void enabled(Activations.Choice choice) {
        try {
            schedules.enabled(choice.store(), choice.plugin());
        } catch (RuntimeException e) {
            LOG.warn("The schedules of {} for {} could not be written yet; will try again", choice.plugin(), choice.store(), e);
            schedules.catchUp();
        }
    }

    @Override
    public void disabled(String store, String plugin) {
        try {
            schedules.disabled(store, plugin);
        } catch (RuntimeException e) {
            LOG.error("The schedules of {}, which was disabled for {}, could not be removed; they wait and do nothing", plugin, store, e);
        }
    }

    @Override
    public void added(String bundle, Version version) {
        schedules.catchUp();
    }

    @Override
    public void removing(String bundle, Version version) {
        // what the bundle did waits until it comes back
    }

    @Override
    public void present(Store store) {
        schedules.catchUp();
    }

    @Override
    public void deleted(Store store) {
        try {
            schedules.deleted(store.id());
        } catch (RuntimeException e) {
            LOG.error("The schedules of the deleted store {} could not be removed. Add the store and delete it again to remove them",
                    store.id(), e);
        }
    }
}

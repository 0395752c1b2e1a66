package io.kontor.platform.data.internal;

import io.kontor.api.data.Place;
import io.kontor.platform.data.CustomerPlaces;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.data.Shelves;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what the memory knows of products and customers. */
@Component(service = {Shelves.class, CustomerPlaces.class})
public final class StoreShelves implements Shelves, CustomerPlaces {

    private final ShelfMemory memory;

    /**
     * Made by Declarative Services.
     *
     * @param memory has the shelves
     */
    @Activate
    public StoreShelves(@Reference Memory memory) {
        this.memory = memory.shelves();
    }

    @Override
    public Shelf of(String store) {
        return memory.shelf(store);
    }

    @Override
    public Place of(String store, String customer) {
        return memory.place(store, customer);
    }
}

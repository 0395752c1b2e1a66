package io.kontor.platform.admin.internal.pictures;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.platform.data.DataAccess;
import java.util.OptionalDouble;

/** How long suppliers take, as the supply records say. */
public final class LeadTimes {

    private final DataAccess data;

    /**
     * Lead times.
     *
     * @param data has the supply records
     */
    public LeadTimes(DataAccess data) {
        this.data = data;
    }

    /**
     * The lead time of a product.
     *
     * @param store the id of an existing store
     * @param product the product's id
     * @param supplier the supplier's id; empty for the quickest
     * @return days, or empty when no record says
     */
    public OptionalDouble days(String store, String product, String supplier) {
        double[] shortest = {Double.POSITIVE_INFINITY};
        try (Snapshot snapshot = data.of(store).snapshot()) {
            snapshot.read(Entity.SUPPLY, batch -> {
                String[] products = batch.texts("productId");
                String[] suppliers = batch.texts("supplierId");
                double[] days = batch.numbers("leadTimeDays");
                for (int i = 0; i < batch.size(); i++) {
                    if (products[i].equals(product) && (supplier.isEmpty() || supplier.equals(suppliers[i])) && days[i] >= 0) {
                        shortest[0] = Math.min(shortest[0], days[i]);
                    }
                }
            });
        }
        return Double.isInfinite(shortest[0]) ? OptionalDouble.empty() : OptionalDouble.of(shortest[0]);
    }
}

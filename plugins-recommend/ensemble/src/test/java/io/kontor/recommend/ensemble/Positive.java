package io.kontor.recommend.ensemble;

import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what known customers chose: all that they did with a product but for seeing it in a list and sending it back. Not instantiated. */
final class Positive {

    private static final Set<String> TYPES = Arrays.stream(Interaction.Type.values())
            .filter(type -> type != Interaction.Type.IMPRESSION && type != Interaction.Type.RETURN).map(Interaction.Type::text)
            .collect(Collectors.toUnmodifiableSet());

    private Positive() {
    }

    /** Takes what a customer did. */
    @FunctionalInterface
    interface Deed {
        void did(String customer, Interaction interaction);
    }

    static void each(Snapshot data, JobContext job, Deed deed) {
        data.interactions(batch -> {
            job.checkCancelled();
            String[] customers = batch.texts("customerId");
            String[] products = batch.texts("productId");
            String[] types = batch.texts("type");
            long[] times = batch.times("time");
            double[] values = batch.numbers("value");
            for (int i = 0; i < batch.size(); i++) {
                if (customers[i] != null && products[i] != null && TYPES.contains(types[i])) {
                    deed.did(customers[i], new Interaction(products[i], Interaction.Type.valueOf(types[i].toUpperCase(Locale.ROOT)),
                            Instant.ofEpochMilli(times[i]), values[i]));
                }
            }
        });
    }
}

package io.kontor.platform.decisions.internal;

import io.kontor.api.metric.Proportion;
import io.kontor.platform.data.Samples;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementReadiness;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.decisions.RecommendationDesk.Question;
import io.kontor.platform.decisions.Recommended;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks a placement for some customers and products, as a preview does. */
@Component(service = PlacementReadiness.class)
public final class SampledReadiness implements PlacementReadiness {

    private static final int SAMPLE = 200;
    private static final int ITEMS = 10;
    private static final double LEVEL = 0.95;

    private final RecommendationDesk desk;
    private final Samples samples;

    /**
     * Made by Declarative Services.
     *
     * @param desk answers
     * @param samples of customers and products
     */
    @Activate
    public SampledReadiness(@Reference RecommendationDesk desk, @Reference Samples samples) {
        this.desk = desk;
        this.samples = samples;
    }

    @Override
    public Ready of(String store, Placement placement) {
        return new Ready(served(store, placement, samples.customers(store, SAMPLE), customer -> question(placement, Optional.of(customer),
                Optional.empty())), served(store, placement, samples.products(store, SAMPLE), product -> question(placement,
                Optional.empty(), Optional.of(product))));
    }

    private static Question question(Placement placement, Optional<String> customer, Optional<String> product) {
        return new Question(Optional.of(placement.id()), customer, product, List.of(), ITEMS, Optional.empty());
    }

    private Served served(String store, Placement placement, List<String> sample, Function<String, Question> asked) {
        int full = 0;
        int partly = 0;
        for (String one : sample) {
            List<Recommended.Item> items = desk.preview(store, placement, asked.apply(one)).answer().value().items();
            long own = items.stream().filter(item -> item.level() == 0 && !item.strategy().equals(Optional.of(Recommended.RULE))).count();
            full += own > 0 && own == items.size() ? 1 : 0;
            partly += own > 0 && own < items.size() ? 1 : 0;
        }
        int ready = full + partly;
        return new Served(sample.size(), full, partly, sample.size() - ready, sample.isEmpty() ? Double.NaN : (double) ready / sample.size(),
                Proportion.wilson(ready, sample.size(), LEVEL));
    }
}

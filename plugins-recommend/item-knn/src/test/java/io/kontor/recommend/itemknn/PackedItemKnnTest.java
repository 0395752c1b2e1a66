package io.kontor.recommend.itemknn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.choice.Neighbours;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plugin with similarities of eight bits. */
class PackedItemKnnTest extends TrainedRecommenderContract<Neighbours> {

    @Override
    protected TrainedRecommender<Neighbours> plugin(SampleStore data) {
        return new ItemKnn(new ItemKnnTest.Given("asymmetric-cosine", 100, 10, 0, "8-bit"), data);
    }

    @Test
    void recommendsNearlyWhatItDoesWithoutPacking() {
        SampleStore store = TasteGroups.generate(4, 30, 40, 12, 7);
        ItemKnn plain = new ItemKnn(new ItemKnnTest.Given("asymmetric-cosine", 100, 10, 0, "float"), store);
        ItemKnn other = new ItemKnn(new ItemKnnTest.Given("asymmetric-cosine", 100, 10, 0, "8-bit"), store);
        Neighbours learned = plain.train(store.training(1));
        Neighbours kept = other.train(store.training(1));
        int same = 0;
        for (int number = 0; number < 20; number++) {
            RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                    store.history("c1-" + number, 500), 10, product -> true);
            List<String> exact = plain.recommend(learned, request).items().stream().map(RankedItem::product).toList();
            same += (int) other.recommend(kept, request).items().stream().filter(item -> exact.contains(item.product())).count();
        }
        assertTrue(same >= 190 && same <= 200, same + " of 200 are the same");
    }
}

package io.kontor.recommend.ease;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plugin with weights as they were learned. */
class FloatEaseTest extends TrainedRecommenderContract<EaseModel> {

    @Override
    protected TrainedRecommender<EaseModel> plugin(SampleStore data) {
        return new Ease(new EaseTest.Given(0, 0, 0, "float", true), data);
    }

    @Test
    void recommendsNearlyWhatItDoesWithEightBits() {
        SampleStore store = TasteGroups.generate(4, 30, 40, 12, 7);
        Ease plain = new Ease(new EaseTest.Given(100, 0, 0, "float", true), store);
        Ease other = new Ease(new EaseTest.Given(100, 0, 0, "8-bit", true), store);
        EaseModel learned = plain.train(store.training(1));
        EaseModel kept = other.train(store.training(1));
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

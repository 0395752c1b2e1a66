package io.kontor.recommend.itemknn;

import io.kontor.api.choice.Neighbours;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;

/** The plugin with similarities of eight bits. */
class PackedItemKnnTest extends TrainedRecommenderContract<Neighbours> {

    @Override
    protected TrainedRecommender<Neighbours> plugin(SampleStore data) {
        return new ItemKnn(new ItemKnnTest.Given("asymmetric-cosine", 100, 10, 0, "8-bit"), data);
    }
}

package io.kontor.recommend.ease;

import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;

/** The plugin with weights as they were learned. */
class FloatEaseTest extends TrainedRecommenderContract<EaseModel> {

    @Override
    protected TrainedRecommender<EaseModel> plugin(SampleStore data) {
        return new Ease(new EaseTest.Given(0, 0, 0, "float"), data);
    }
}

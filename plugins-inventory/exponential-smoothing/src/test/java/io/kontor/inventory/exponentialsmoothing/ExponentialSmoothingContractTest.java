package io.kontor.inventory.exponentialsmoothing;

import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedForecasterContract;

class ExponentialSmoothingContractTest extends TrainedForecasterContract<Patterns> {

    @Override
    protected TrainedForecaster<Patterns> plugin(SampleStore data) {
        return new ExponentialSmoothing(DefaultSettings.of(ExponentialSmoothing.Settings.class), data);
    }
}

package io.kontor.inventory.seasonalnaive;

import io.kontor.api.inventory.Forecaster;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.ForecasterContract;

class SeasonalNaiveContractTest extends ForecasterContract {

    @Override
    protected Forecaster plugin(SampleStore data) {
        return new SeasonalNaive(data);
    }
}

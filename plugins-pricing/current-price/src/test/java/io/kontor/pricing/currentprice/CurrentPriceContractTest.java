package io.kontor.pricing.currentprice;

import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedDemandModelContract;
import java.util.Map;

class CurrentPriceContractTest extends TrainedDemandModelContract<Map<String, Double>> {

    @Override
    protected TrainedDemandModel<Map<String, Double>> plugin(SampleStore data) {
        return new CurrentPrice(data);
    }
}

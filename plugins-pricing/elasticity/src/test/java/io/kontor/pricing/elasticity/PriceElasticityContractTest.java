package io.kontor.pricing.elasticity;

import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedDemandModelContract;

class PriceElasticityContractTest extends TrainedDemandModelContract<Curves> {

    @Override
    protected TrainedDemandModel<Curves> plugin(SampleStore data) {
        return new PriceElasticity(data);
    }
}

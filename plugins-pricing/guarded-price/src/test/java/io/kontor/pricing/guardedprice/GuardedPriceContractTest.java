package io.kontor.pricing.guardedprice;

import io.kontor.api.pricing.DemandCurves;
import io.kontor.api.pricing.PricePolicy;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.PricePolicyContract;

class GuardedPriceContractTest extends PricePolicyContract {

    @Override
    protected PricePolicy plugin(SampleStore data, DemandCurves curves) {
        return new GuardedPrice(DefaultSettings.of(GuardedPrice.Settings.class), data, curves);
    }
}

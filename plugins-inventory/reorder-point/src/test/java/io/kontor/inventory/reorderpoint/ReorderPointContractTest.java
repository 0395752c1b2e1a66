package io.kontor.inventory.reorderpoint;

import io.kontor.api.inventory.Forecasts;
import io.kontor.api.inventory.ReplenishmentPolicy;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.ReplenishmentPolicyContract;

class ReorderPointContractTest extends ReplenishmentPolicyContract {

    @Override
    protected ReplenishmentPolicy plugin(SampleStore data, Forecasts forecasts) {
        return new ReorderPoint(DefaultSettings.of(ReorderPoint.Settings.class), data, forecasts);
    }
}

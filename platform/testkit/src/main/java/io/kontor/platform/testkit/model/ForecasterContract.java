package io.kontor.platform.testkit.model;

import io.kontor.api.inventory.Forecaster;
import io.kontor.platform.testkit.data.SampleStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the platform expects of everything that forecasts from a series alone. A plugin's test extends this class. */
public abstract class ForecasterContract {

    private final ForecastRules rules = new ForecastRules();
    private Forecaster plugin;

    /** For subclasses. */
    protected ForecasterContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @return a new plugin
     */
    protected abstract Forecaster plugin(SampleStore data);

    @BeforeEach
    final void makes() {
        plugin = plugin(rules.store);
    }

    @Test
    final void forecastsEveryProductAtEveryStep() {
        rules.forecastsEveryProductAtEveryStep(plugin::forecast);
    }

    @Test
    final void forecastsWhatIsShortOrConstantOrNeverSoldOrUnknown() {
        rules.forecastsWhatIsShortOrConstantOrNeverSoldOrUnknown(plugin::forecast);
    }

    @Test
    final void answersWithoutQuantilesAndForLongHorizons() {
        rules.answersWithoutQuantilesAndForLongHorizons(plugin::forecast);
    }

    @Test
    final void takesPlannedPricesAndPromotions() {
        rules.takesPlannedPricesAndPromotions(plugin::forecast);
    }

    @Test
    final void leavesTheHistoryAlone() {
        rules.leavesTheHistoryAlone(plugin::forecast);
    }

    @Test
    final void comesNearerThanNothing() {
        rules.comesNearerThanNothing(plugin::forecast);
    }

    @Test
    final void saysTheSameToManyThreadsAtOnce() throws Exception {
        rules.saysTheSameToManyThreadsAtOnce(plugin::forecast);
    }
}

package io.kontor.platform.testkit.model;

import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the platform expects of every trained forecaster. A plugin's test extends this class and says how the plugin is made; it needs nothing
 * of the platform.
 *
 * @param <M> the model's type
 */
public abstract class TrainedForecasterContract<M> {

    private final ForecastRules rules = new ForecastRules();
    private TrainedForecaster<M> plugin;
    private M model;
    private TrainerRules<M> trainer;

    /** For subclasses. */
    protected TrainedForecasterContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @return a new plugin
     */
    protected abstract TrainedForecaster<M> plugin(SampleStore data);

    @BeforeEach
    final void trains() throws Exception {
        plugin = plugin(rules.store);
        model = plugin.train(rules.store.training(TrainerRules.SEED));
        trainer = new TrainerRules<>(plugin, rules.store, model);
    }

    private Forecast ask(ForecastRequest request) {
        return plugin.forecast(model, request);
    }

    @Test
    final void answersTheSameAfterItWasWrittenAndRead() throws Exception {
        M read = trainer.writtenAndRead();
        for (ForecastRequest request : rules.requests()) {
            ForecastRules.same(ask(request), plugin.forecast(read, request));
        }
    }

    @Test
    final void saysTheSameToManyThreadsAtOnce() throws Exception {
        rules.saysTheSameToManyThreadsAtOnce(this::ask);
    }

    @Test
    final void learnsTheSameFromTheSameDataAndSeed() throws Exception {
        trainer.learnsTheSameFromTheSameDataAndSeed(plugin(rules.store));
    }

    @Test
    final void refusesADamagedModel() throws IOException {
        trainer.refusesADamagedModel();
    }

    @Test
    final void stopsTrainingWhenItIsCancelled() {
        trainer.stopsTrainingWhenItIsCancelled();
    }

    @Test
    final void saysThatThereIsNothingToLearnFrom() {
        trainer.saysThatThereIsNothingToLearnFrom();
    }

    @Test
    final void forecastsEveryProductAtEveryStep() {
        rules.forecastsEveryProductAtEveryStep(this::ask);
    }

    @Test
    final void forecastsWhatIsShortOrConstantOrNeverSoldOrUnknown() {
        rules.forecastsWhatIsShortOrConstantOrNeverSoldOrUnknown(this::ask);
    }

    @Test
    final void answersWithoutQuantilesAndForLongHorizons() {
        rules.answersWithoutQuantilesAndForLongHorizons(this::ask);
    }

    @Test
    final void takesPlannedPricesAndPromotions() {
        rules.takesPlannedPricesAndPromotions(this::ask);
    }

    @Test
    final void leavesTheHistoryAlone() {
        rules.leavesTheHistoryAlone(this::ask);
    }

    @Test
    final void comesNearerThanNothing() {
        rules.comesNearerThanNothing(this::ask);
    }
}

package io.kontor.risk.logisticregression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.feature.Scaling;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.Transaction;
import io.kontor.api.risk.TransactionSample;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Columns that were filled in when the label was known, in shops whose transactions are clean otherwise. */
class LeakTest {

    private static final int SEEDS = 100;

    private static SampleStore shop(long seed) {
        return FraudRings.generate(Locale.ENGLISH, 80, 30, 8, 8, seed);
    }

    private static List<LeakSuspect> suspects(SampleStore store) {
        return TransactionSample.take(store.training(1), store.store(), Scaling.NONE, 40_000).features().suspects();
    }

    /** The same shop with one more attribute, made of the label. */
    private static SampleStore with(SampleStore clean, String name, BiFunction<Boolean, Random, Object> value) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(3);
        LabelledTransaction.read(clean.snapshot(), row -> {
            Transaction t = row.transaction();
            boolean fraud = row.label() == LabelledTransaction.Label.FRAUD;
            Map<String, Object> values = new HashMap<>(Map.of("id", t.id(), "time", t.time(), "amount", t.amount(), "customerId", t.customerId(),
                    "cardHash", t.cardHash(), "device", t.device(), "label", fraud ? "fraud" : "legitimate", "labelTime", row.labelTime()));
            Object made = value.apply(fraud, random);
            if (made != null) {
                values.put("attr." + name, made);
            }
            store.add(Entity.TRANSACTIONS, values);
        });
        return store;
    }

    @Test
    void cleanShopsRaiseNoAlarm() {
        int alarms = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            alarms += suspects(shop(seed)).isEmpty() ? 0 : 1;
        }
        assertEquals(0, alarms, "false alarms in " + SEEDS + " shops");
    }

    @Test
    void findsAPlantedLeakOfEachKind() {
        Map<String, BiFunction<Boolean, Random, Object>> leaks = Map.of(
                "status", (fraud, random) -> random.nextInt(200) == 0 ? "open" : fraud ? "chargeback" : "settled",
                "refundFee", (fraud, random) -> fraud ? 15.0 + random.nextGaussian() : random.nextGaussian(),
                "disputeHours", (fraud, random) -> fraud ? random.nextDouble() * 100 : null);
        leaks.forEach((name, value) -> {
            for (int seed = 0; seed < 5; seed++) {
                List<LeakSuspect> found = suspects(with(shop(seed), name, value));
                assertEquals(1, found.size(), name + " in shop " + seed + ": " + found);
                assertEquals("attr." + name, found.get(0).feature().columns().get(0).name());
            }
        });
    }

    @Test
    void theJobsLogAndTheModelNameTheLeak() {
        SampleStore store = with(shop(1), "status", (fraud, random) -> fraud ? "chargeback" : "settled");
        List<String> lines = new ArrayList<>();
        JobContext job = new JobContext() {

            @Override
            public void progress(double fraction, String message) {
                assertTrue(fraction >= 0 && fraction <= 1);
            }

            @Override
            public void log(String line) {
                lines.add(line);
            }

            @Override
            public void checkCancelled() {
                // nobody cancels
            }
        };
        LogisticRegression plugin = new LogisticRegression(DefaultSettings.of(LogisticRegression.Settings.class), store);
        LinearModel model = plugin.train(new Training(store.snapshot(), 1, job));
        assertTrue(lines.get(0).startsWith("Suspected leak: kind=category, column=attr.status"), lines.toString());
        assertEquals(1, plugin.suspects(model).size());
        assertTrue(plugin.features(model).orElseThrow().definitions().contains("kind=category, column=attr.status, encoding=TARGET, size=1"));
    }
}

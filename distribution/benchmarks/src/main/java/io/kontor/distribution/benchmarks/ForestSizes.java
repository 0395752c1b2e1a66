package io.kontor.distribution.benchmarks;

import io.kontor.api.data.Entity;
import io.kontor.api.model.Training;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.risk.randomforest.FraudModel;
import io.kontor.risk.randomforest.RandomForest;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What pruned trees save and lose beside full ones: learned from the first 70 % of transactions, and asked about the others. */
final class ForestSizes {

    private static final double LEARNED = 0.7;
    private static final long SEED = 42;

    /** Settings of a variant. */
    private record Variant(int trees, String size) implements RandomForest.Settings {

        @Override
        public double reviewFrom() {
            return 0.2;
        }

        @Override
        public double declineFrom() {
            return 0.8;
        }

        @Override
        public int rows() {
            return 40_000;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return RandomForest.Settings.class;
        }
    }

    private ForestSizes() {
    }

    static void generated() throws Exception {
        compare("generated fraud", FraudRings.generate(Locale.ENGLISH, 2_000, 150, 120, 120, SEED));
    }

    /** Of the lines of a canonical transactions.csv in order of time. */
    static void file(String name, List<String> lines) throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        List<String> header = List.of(lines.get(0).split(","));
        for (String line : lines.subList(1, lines.size())) {
            Map<String, Object> row = new HashMap<>(FraudQuality.transaction(header, line));
            row.computeIfPresent("time", (column, time) -> Instant.parse(time.toString()));
            String label = line.split(",", -1)[header.indexOf("label")];
            if (!label.isEmpty()) {
                row.put("label", label);
            }
            store.add(Entity.TRANSACTIONS, row);
        }
        compare(name, store);
    }

    private static void compare(String name, SampleStore store) throws Exception {
        List<RiskRequest> requests = new ArrayList<>();
        List<LabelledTransaction.Label> labels = new ArrayList<>();
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(store.snapshot(), row -> {
            requests.add(recent.request(row.transaction()));
            labels.add(row.label());
            recent.add(row.transaction());
        });
        Instant cut = requests.get((int) (LEARNED * requests.size())).transaction().time();
        int learned = (int) requests.stream().filter(request -> request.transaction().time().isBefore(cut)).count();
        List<RiskRequest> asked = requests.subList(learned, requests.size());
        List<LabelledTransaction.Label> truth = labels.subList(learned, labels.size());
        Figures.print("%s: %d transactions to learn from, %d asked about, %d frauds among them", name, learned, asked.size(),
                truth.stream().filter(LabelledTransaction.Label.FRAUD::equals).count());
        SizeTable table = new SizeTable("AUC and average precision", asked.size());
        FraudCurves first = null;
        for (Variant variant : List.of(new Variant(100, "full"), new Variant(100, "pruned"), new Variant(30, "full"),
                new Variant(30, "pruned"))) {
            RandomForest plugin = new RandomForest(variant, store);
            SizeTable.Weighed<FraudModel> weighed = SizeTable.Weighed.of(plugin,
                    new Training(store.snapshot().window(null, cut), SEED, new SampleJob()));
            FraudCurves curves = new FraudCurves();
            for (int i = 0; i < asked.size(); i++) {
                if (truth.get(i) == LabelledTransaction.Label.FRAUD || truth.get(i) == LabelledTransaction.Label.LEGITIMATE) {
                    curves.add(plugin.assessBriefly(weighed.model(), asked.get(i)).score(), truth.get(i) == LabelledTransaction.Label.FRAUD);
                }
            }
            first = first == null ? curves : first;
            table.add(variant.trees() + " trees, " + variant.size(), weighed,
                    i -> plugin.assess(weighed.model(), asked.get(i)),
                    String.format(Locale.ROOT, "%.4f (%+.4f) %.4f (%+.4f)", curves.auc(), curves.auc() - first.auc(),
                            curves.averagePrecision(), curves.averagePrecision() - first.averagePrecision()));
        }
    }
}

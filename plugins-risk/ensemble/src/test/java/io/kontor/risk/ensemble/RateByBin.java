package io.kontor.risk.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Verdict;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Learns the share of frauds by one text that a transaction has; texts that it has not seen have the share of all. */
record RateByBin(Function<RiskRequest, String> bin) implements TrainedRiskScorer<Map<String, Double>> {

    private static final String ALL = "all transactions";

    @Override
    public Map<String, Double> train(Training training) {
        Map<String, int[]> counts = new TreeMap<>();
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(training.data(), row -> {
            training.job().checkCancelled();
            if (row.label() != LabelledTransaction.Label.UNKNOWN) {
                for (String text : List.of(ALL, bin.apply(recent.request(row.transaction())))) {
                    int[] count = counts.computeIfAbsent(text, any -> new int[2]);
                    count[row.label() == LabelledTransaction.Label.FRAUD ? 1 : 0]++;
                }
            }
            recent.add(row.transaction());
        });
        if (counts.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "There are no labels.");
        }
        Map<String, Double> rates = new TreeMap<>();
        int[] all = counts.get(ALL);
        double rate = (double) all[1] / (all[0] + all[1]);
        counts.forEach((text, count) -> rates.put(text, (count[1] + rate) / (count[0] + count[1] + 1)));
        return rates;
    }

    @Override
    public void write(Map<String, Double> model, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(model.size());
        for (Map.Entry<String, Double> one : model.entrySet()) {
            data.writeUTF(one.getKey());
            data.writeDouble(one.getValue());
        }
    }

    @Override
    public Map<String, Double> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        Map<String, Double> rates = new TreeMap<>();
        for (int left = data.readInt(); left > 0; left--) {
            rates.put(data.readUTF(), data.readDouble());
        }
        return rates;
    }

    @Override
    public Assessment assess(Map<String, Double> model, RiskRequest request) {
        double rate = model.getOrDefault(bin.apply(request), model.get(ALL));
        return new Assessment(rate, Verdict.APPROVE, List.of(new Reason("rate", "As often as others like it.", rate)));
    }
}

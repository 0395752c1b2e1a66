package io.kontor.inventory.ensemble;

import io.kontor.api.data.DemandTable;
import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.model.Training;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Knows by heart what was sold each day, and expects a thousand units of days that it has not seen. */
final class ByHeart implements TrainedForecaster<Map<String, Double>> {

    @Override
    public Map<String, Double> train(Training training) {
        DemandTable table = DemandTable.of(training.data(), ZoneOffset.UTC, training.job());
        Map<String, Double> known = new TreeMap<>();
        for (String product : table.products()) {
            table.series(product, "", table.step()).ifPresent(series -> {
                for (int t = 0; t < series.quantity().length; t++) {
                    known.put(product + " " + series.step().plus(series.start(), t), series.quantity()[t]);
                }
            });
        }
        return known;
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
        Map<String, Double> known = new TreeMap<>();
        for (int left = data.readInt(); left > 0; left--) {
            known.put(data.readUTF(), data.readDouble());
        }
        return known;
    }

    @Override
    public Forecast forecast(Map<String, Double> model, ForecastRequest request) {
        double[] mean = new double[request.horizon()];
        for (int h = 0; h < mean.length; h++) {
            mean[h] = model.getOrDefault(request.history().product() + " " + request.history().step().plus(request.history().end(), h), 1_000.0);
        }
        double[][] quantiles = new double[request.quantiles().length][];
        Arrays.fill(quantiles, mean);
        return new Forecast(mean, quantiles, "by heart", List.of(new Reason("heart", "It was so.", 1)));
    }
}

package io.kontor.pricing.currentprice;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Expects the sales of the last four weeks to go on whatever the price, and so gives no reason to change one. The demand model that others
 * must beat.
 */
@Plugin(family = Family.PRICING, baseline = true)
@Designate(ocd = CurrentPrice.Settings.class, factory = true)
@Component(name = "io.kontor.pricing.current-price", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class CurrentPrice implements TrainedDemandModel<Map<String, Double>> {

    private static final int MAGIC = 0x4b435552;
    private static final int WEEKS = 4;
    private static final int DAYS_OF_WEEK = 7;
    private static final int MOST = 10_000_000;

    private final StoreData data;

    /** There is nothing to be set. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/currentprice")
    public @interface Settings {
    }

    /**
     * Made for one store.
     *
     * @param data the store's data
     */
    @Activate
    public CurrentPrice(@Reference StoreData data) {
        this.data = data;
    }

    @Override
    public Map<String, Double> train(Training training) {
        DemandTable table = DemandTable.of(training.data(), data.store().timeZone(), training.job());
        if (table.products().isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + data.store().id()
                    + " has sold nothing yet, so there is no demand to learn from; import sales or orders first.");
        }
        Map<String, Double> levels = new TreeMap<>();
        for (String product : table.products()) {
            training.job().checkCancelled();
            table.series(product, "", Step.WEEK).ifPresent(weeks -> {
                double[] sold = weeks.quantity();
                levels.put(product, Arrays.stream(sold, Math.max(0, sold.length - WEEKS), sold.length).average().orElse(0) / DAYS_OF_WEEK);
            });
        }
        return levels;
    }

    @Override
    public void write(Map<String, Double> model, OutputStream out) throws IOException {
        DataOutputStream bytes = new DataOutputStream(out);
        bytes.writeInt(MAGIC);
        bytes.writeInt(model.size());
        for (Map.Entry<String, Double> level : model.entrySet()) {
            bytes.writeUTF(level.getKey());
            bytes.writeDouble(level.getValue());
        }
        bytes.writeInt(MAGIC);
        bytes.flush();
    }

    @Override
    public Map<String, Double> read(InputStream in) throws IOException {
        DataInputStream bytes = new DataInputStream(in);
        if (bytes.readInt() != MAGIC) {
            throw new IOException("These are not levels of demand.");
        }
        int count = bytes.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("The model says that it has " + count + " levels.");
        }
        Map<String, Double> levels = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            levels.put(bytes.readUTF(), bytes.readDouble());
        }
        if (bytes.readInt() != MAGIC) {
            throw new IOException("The model does not end where it should.");
        }
        return levels;
    }

    @Override
    public Optional<Elasticity> elasticity(Map<String, Double> model, String product) {
        return Optional.empty();
    }

    @Override
    public double[] demand(Map<String, Double> model, String product, double[] prices) {
        Double level = model.get(product);
        if (level == null) {
            return new double[0];
        }
        double[] demand = new double[prices.length];
        Arrays.fill(demand, level);
        return demand;
    }
}

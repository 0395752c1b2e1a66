package io.kontor.pricing.elasticity;

import io.kontor.api.explain.Explanation;
import io.kontor.api.pricing.DemandQuery;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The model: a demand curve for each product. Immutable; safe for use by several threads. */
public final class Curves {

    private static final int MAGIC = 0x4b434532;
    private static final int END = 0x454e4421;
    private static final int MOST = 10_000_000;

    private final LocalDate next;
    private final TreeMap<String, Curve> byProduct;
    private final Map<String, List<String>> categories = new HashMap<>();

    /**
     * A model.
     *
     * @param next first day after the records
     * @param byProduct the curves
     */
    Curves(LocalDate next, TreeMap<String, Curve> byProduct) {
        this.next = next;
        this.byProduct = byProduct;
        byProduct.forEach((product, curve) -> {
            if (!curve.category().isEmpty()) {
                categories.computeIfAbsent(curve.category(), category -> new ArrayList<>()).add(product);
            }
        });
    }

    /** Null for a product about which nothing can be said. */
    Curve of(String product) {
        return byProduct.get(product);
    }

    /** Expected units a day, one a price; empty for a product about which nothing can be said. */
    double[] demand(DemandQuery query) {
        Curve curve = byProduct.get(query.product());
        if (curve == null) {
            return new double[0];
        }
        double[] drivers = new double[Driver.COUNT];
        double[] demand = new double[query.prices().length];
        double rivals = rivals(curve, query);
        for (int i = 0; i < demand.length; i++) {
            fill(drivers, query, i, rivals);
            demand[i] = curve.level() * curve.factor(drivers);
        }
        return demand;
    }

    private void fill(double[] drivers, DemandQuery query, int price, double rivals) {
        Driver.fill(drivers, 0, Math.log(query.prices()[price]), query.promotion(), Math.log(query.competitorPrice()), rivals,
                query.period().orElse(next));
    }

    /** How the demand at the first price comes about; empty for a product about which nothing can be said. */
    Optional<Explanation> explanation(DemandQuery query, Words words) {
        Curve curve = byProduct.get(query.product());
        if (curve == null) {
            return Optional.empty();
        }
        double[] drivers = new double[Driver.COUNT];
        fill(drivers, query, 0, rivals(curve, query));
        double[] logarithms = curve.logarithms(drivers);
        return Optional.of(Explanation.product(curve.level(), logarithms, k -> words.named(k, curve, query, Math.exp(logarithms[k]))));
    }

    /** How far the prices of the other products of the category are from those of late. */
    private double rivals(Curve curve, DemandQuery query) {
        List<String> members = categories.getOrDefault(curve.category(), List.of());
        double sum = 0;
        for (String rival : members) {
            Double price = query.otherPrices().get(rival);
            if (price != null && price > 0 && !rival.equals(query.product())) {
                sum += Math.log(price / byProduct.get(rival).reference());
            }
        }
        return members.size() < 2 ? 0 : sum / (members.size() - 1);
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeLong(next.toEpochDay());
        data.writeInt(byProduct.size());
        for (Map.Entry<String, Curve> entry : byProduct.entrySet()) {
            Curve curve = entry.getValue();
            data.writeUTF(entry.getKey());
            data.writeUTF(curve.category());
            for (double coefficient : curve.coefficients()) {
                data.writeDouble(coefficient);
            }
            data.writeDouble(curve.error());
            data.writeBoolean(curve.pooled());
            data.writeInt(curve.observations());
            data.writeDouble(curve.reference());
            data.writeDouble(curve.competitor());
            data.writeDouble(curve.level());
        }
        data.writeInt(END);
        data.flush();
    }

    static Curves read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("These are not demand curves, or those of an earlier version; train again.");
        }
        LocalDate next = day(data.readLong());
        int count = data.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("The model says that it has " + count + " curves.");
        }
        TreeMap<String, Curve> curves = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String product = data.readUTF();
            curves.put(product, curve(product, data));
        }
        if (data.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Curves(next, curves);
    }

    private static LocalDate day(long day) throws IOException {
        try {
            return LocalDate.ofEpochDay(day);
        } catch (DateTimeException e) {
            throw new IOException("The model's records end on no day.", e);
        }
    }

    private static Curve curve(String product, DataInputStream data) throws IOException {
        String category = data.readUTF();
        double[] coefficients = new double[Driver.COUNT];
        boolean finite = true;
        for (int k = 0; k < coefficients.length; k++) {
            coefficients[k] = data.readDouble();
            finite &= Double.isFinite(coefficients[k]);
        }
        Curve curve = new Curve(coefficients, data.readDouble(), data.readBoolean(), data.readInt(), data.readDouble(), data.readDouble(),
                data.readDouble(), category);
        if (!finite || !(curve.error() > 0) || !(curve.reference() > 0) || !(curve.level() >= 0)) {
            throw new IOException("The curve of product " + product + " is none.");
        }
        return curve;
    }
}

package io.kontor.inventory.ensemble;

import io.kontor.api.ensemble.Blended;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.ensemble.TrainedMembers;
import io.kontor.api.model.MemberShare;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model: members, and what is made of their forecasts. Immutable; safe for use by several threads. */
public final class Blend implements Blended {

    private static final int MAGIC = 0x4b454632;
    private static final int END = 0x454e4421;
    private static final int MOST_SEGMENTS = 10_000_000;

    private final List<TrainedMember> members;
    private final Method method;
    private final double[] means;
    private final double[][] quantiles;
    private final double[] losses;
    private final Map<String, Integer> ofCategory;
    private final Map<String, Integer> ofProduct;

    /**
     * A model.
     *
     * @param members in the order of their plugins' ids
     * @param method what is made of their forecasts
     * @param means how much each member's mean counts
     * @param quantiles how much each member's quantile counts, level by level
     * @param losses the mean absolute scaled error of each member alone; NaN when not judged
     * @param ofCategory the index of the best member by category
     * @param ofProduct the index of the best member by product
     */
    Blend(List<TrainedMember> members, Method method, double[] means, double[][] quantiles, double[] losses, Map<String, Integer> ofCategory,
            Map<String, Integer> ofProduct) {
        this.members = List.copyOf(members);
        this.method = method;
        this.means = means;
        this.quantiles = quantiles;
        this.losses = losses;
        this.ofCategory = Collections.unmodifiableMap(new TreeMap<>(ofCategory));
        this.ofProduct = Collections.unmodifiableMap(new TreeMap<>(ofProduct));
    }

    List<TrainedMember> members() {
        return members;
    }

    /** The member that is listened to for a product; -1 when all are. */
    int chosen(String product) {
        return method == Method.SEGMENTS ? ofProduct.getOrDefault(product, -1) : -1;
    }

    /** How much each member's mean counts. */
    double[] means() {
        return means;
    }

    /** How much each member's quantile counts. */
    double[] quantile(double quantile) {
        return Levels.at(quantiles, quantile);
    }

    @Override
    public List<MemberShare> shares() {
        List<MemberShare> shares = new ArrayList<>();
        for (int m = 0; m < means.length; m++) {
            shares.add(new MemberShare(members.get(m).plugin(), members.get(m).version(), "", means[m], losses[m]));
        }
        for (int level = 0; method == Method.STACKING && level < quantiles.length; level++) {
            for (int m = 0; m < means.length; m++) {
                shares.add(new MemberShare(members.get(m).plugin(), members.get(m).version(), "q" + Levels.QUANTILES[level],
                        quantiles[level][m], Double.NaN));
            }
        }
        ofCategory.forEach((category, member) -> shares.add(new MemberShare(members.get(member).plugin(), members.get(member).version(),
                category, 1, Double.NaN)));
        return shares;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        TrainedMembers.write(members, out);
        out.writeByte(method.ordinal());
        write(means, out);
        for (double[] level : quantiles) {
            write(level, out);
        }
        write(losses, out);
        write(ofCategory, out);
        write(ofProduct, out);
        out.writeInt(END);
        out.flush();
    }

    private static void write(double[] numbers, DataOutputStream out) throws IOException {
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static void write(Map<String, Integer> best, DataOutputStream out) throws IOException {
        out.writeInt(best.size());
        for (Map.Entry<String, Integer> one : best.entrySet()) {
            out.writeUTF(one.getKey());
            out.writeInt(one.getValue());
        }
    }

    static Blend read(DataInputStream in, Members all) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no ensemble of forecasters; train again.");
        }
        List<TrainedMember> members = TrainedMembers.read(in, all);
        int method = in.readUnsignedByte();
        if (method >= Method.values().length) {
            throw new IOException("The model names a method that there is not.");
        }
        double[] means = weights(in, members.size());
        double[][] quantiles = new double[Levels.QUANTILES.length][];
        for (int level = 0; level < quantiles.length; level++) {
            quantiles[level] = weights(in, members.size());
        }
        double[] losses = new double[members.size()];
        for (int m = 0; m < losses.length; m++) {
            losses[m] = in.readDouble();
        }
        Map<String, Integer> ofCategory = segments(in, members.size());
        Map<String, Integer> ofProduct = segments(in, members.size());
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Blend(members, Method.values()[method], means, quantiles, losses, ofCategory, ofProduct);
    }

    private static double[] weights(DataInputStream in, int size) throws IOException {
        double[] weights = new double[size];
        for (int m = 0; m < size; m++) {
            weights[m] = in.readDouble();
            if (!(weights[m] >= 0 && weights[m] <= 1)) {
                throw new IOException("A weight of the model is " + weights[m] + ".");
            }
        }
        return weights;
    }

    private static Map<String, Integer> segments(DataInputStream in, int members) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_SEGMENTS) {
            throw new IOException("The model says that it has " + count + " segments.");
        }
        Map<String, Integer> best = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String text = in.readUTF();
            int member = in.readInt();
            if (member < 0 || member >= members) {
                throw new IOException("A segment of the model names a member that there is not.");
            }
            best.put(text, member);
        }
        return best;
    }
}

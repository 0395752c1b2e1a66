package io.kontor.recommend.ensemble;

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

/** The model: members, and what is made of their lists. Immutable; safe for use by several threads. */
public final class Blend implements Blended {

    private static final int MAGIC = 0x4b454c32;
    private static final int END = 0x454e4421;

    private final List<TrainedMember> members;
    private final double[] weights;
    private final double[] losses;
    private final Map<Segment, Integer> best;

    /**
     * A model.
     *
     * @param members in the order of their plugins' ids
     * @param weights one a member
     * @param losses what each member alone missed of a gain of 1; NaN when not judged
     * @param best the index of the best member by segment; empty when all count
     */
    Blend(List<TrainedMember> members, double[] weights, double[] losses, Map<Segment, Integer> best) {
        this.members = List.copyOf(members);
        this.weights = weights;
        this.losses = losses;
        this.best = Collections.unmodifiableMap(new TreeMap<>(best));
    }

    List<TrainedMember> members() {
        return members;
    }

    /** How much each member counts. */
    double[] weights(Segment segment) {
        if (!best.containsKey(segment)) {
            return weights.clone();
        }
        double[] alone = new double[weights.length];
        alone[best.get(segment)] = 1;
        return alone;
    }

    @Override
    public List<MemberShare> shares() {
        List<MemberShare> shares = new ArrayList<>();
        for (int m = 0; m < weights.length; m++) {
            shares.add(new MemberShare(members.get(m).plugin(), members.get(m).version(), "", weights[m], losses[m]));
        }
        best.forEach((segment, member) -> shares.add(new MemberShare(members.get(member).plugin(), members.get(member).version(),
                segment.text(), 1, Double.NaN)));
        return shares;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        TrainedMembers.write(members, out);
        for (int m = 0; m < weights.length; m++) {
            out.writeDouble(weights[m]);
            out.writeDouble(losses[m]);
        }
        out.writeBoolean(!best.isEmpty());
        for (Map.Entry<Segment, Integer> one : best.entrySet()) {
            out.writeInt(one.getValue());
        }
        out.writeInt(END);
        out.flush();
    }

    static Blend read(DataInputStream in, Members all) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no ensemble of recommenders; train again.");
        }
        List<TrainedMember> members = TrainedMembers.read(in, all);
        double[] weights = new double[members.size()];
        double[] losses = new double[members.size()];
        for (int m = 0; m < weights.length; m++) {
            weights[m] = in.readDouble();
            losses[m] = in.readDouble();
            if (!(weights[m] >= 0 && weights[m] <= 1)) {
                throw new IOException("A weight of the model is " + weights[m] + ".");
            }
        }
        Map<Segment, Integer> best = new TreeMap<>();
        if (in.readBoolean()) {
            for (Segment segment : Segment.values()) {
                int member = in.readInt();
                if (member < 0 || member >= members.size()) {
                    throw new IOException("A segment of the model names a member that there is not.");
                }
                best.put(segment, member);
            }
        }
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Blend(members, weights, losses, best);
    }
}

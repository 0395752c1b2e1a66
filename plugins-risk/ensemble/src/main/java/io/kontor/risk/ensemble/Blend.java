package io.kontor.risk.ensemble;

import io.kontor.api.ensemble.Blended;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.ensemble.TrainedMembers;
import io.kontor.api.model.MemberShare;
import io.kontor.api.risk.Transaction;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model: members, and what is made of their scores. Immutable; safe for use by several threads. */
public final class Blend implements Blended {

    private static final int MAGIC = 0x4b455231;
    private static final int END = 0x454e4421;
    private static final int MOST_SEGMENTS = 1_000_000;

    private final List<TrainedMember> members;
    private final Method method;
    private final Segment segment;
    private final double intercept;
    private final double[] weights;
    private final double[] losses;
    private final double[] usual;
    private final Map<String, Integer> best;

    /**
     * A model.
     *
     * @param members in the order of their plugins' ids
     * @param method what is made of their scores
     * @param segment what parts transactions into segments
     * @param intercept of the log odds, for stacking
     * @param weights one a member
     * @param losses the log loss of each member alone; NaN when not judged
     * @param usual what each member says on average, by its log odds
     * @param best the index of the best member by segment
     */
    Blend(List<TrainedMember> members, Method method, Segment segment, double intercept, double[] weights, double[] losses, double[] usual,
            Map<String, Integer> best) {
        this.members = List.copyOf(members);
        this.method = method;
        this.segment = segment;
        this.intercept = intercept;
        this.weights = weights;
        this.losses = losses;
        this.usual = usual;
        this.best = Collections.unmodifiableMap(new TreeMap<>(best));
    }

    List<TrainedMember> members() {
        return members;
    }

    /** What a member says on average, for cases of which nothing particular is known. */
    double usual(int member) {
        return usual[member];
    }

    /** How much each member counts for a transaction. */
    double[] weights(Transaction transaction) {
        Integer chosen = method == Method.SEGMENTS ? best.get(segment.of(transaction)) : null;
        if (chosen == null) {
            return weights.clone();
        }
        double[] alone = new double[weights.length];
        alone[chosen] = 1;
        return alone;
    }

    /** The best of some members by what they lost alone. */
    int best(boolean[] among) {
        int found = -1;
        for (int m = 0; m < among.length; m++) {
            if (among[m] && (found < 0 || losses[m] < losses[found])) {
                found = m;
            }
        }
        return found;
    }

    /**
     * The score.
     *
     * @param counts how much each member counts; 0 for those that have not answered
     * @param scores what each member said
     * @return 0 to 1
     */
    double score(double[] counts, double[] scores) {
        double sum = method == Method.STACKING ? intercept : 0;
        for (int m = 0; m < counts.length; m++) {
            if (counts[m] > 0) {
                sum += counts[m] * (method == Method.STACKING ? Odds.logit(scores[m]) - Odds.logit(usual[m]) : scores[m]);
            }
        }
        return method == Method.STACKING ? Odds.probability(sum) : Math.max(0, Math.min(1, sum));
    }

    /**
     * How much each member counts when some have not answered: the others count for them.
     *
     * @param wanted how much each should count
     * @param answered who has answered, at least one
     * @return how much each counts
     */
    double[] renormalised(double[] wanted, boolean[] answered) {
        double all = 0;
        double left = 0;
        for (int m = 0; m < wanted.length; m++) {
            all += wanted[m];
            left += answered[m] ? wanted[m] : 0;
        }
        double[] counts = new double[wanted.length];
        for (int m = 0; m < wanted.length; m++) {
            counts[m] = answered[m] && left > 0 ? wanted[m] * all / left : 0;
        }
        if (left == 0) {
            counts[best(answered)] = all > 0 ? all : 1;
        }
        return counts;
    }

    @Override
    public List<MemberShare> shares() {
        List<MemberShare> shares = new ArrayList<>();
        for (int m = 0; m < weights.length; m++) {
            shares.add(new MemberShare(members.get(m).plugin(), members.get(m).version(), "", weights[m], losses[m]));
        }
        best.forEach((text, member) -> {
            if (weights[member] == 0) {
                shares.add(new MemberShare(members.get(member).plugin(), members.get(member).version(), text, 1, Double.NaN));
            }
        });
        return shares;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        TrainedMembers.write(members, out);
        out.writeByte(method.ordinal());
        out.writeByte(segment.ordinal());
        out.writeDouble(intercept);
        for (int m = 0; m < weights.length; m++) {
            out.writeDouble(weights[m]);
            out.writeDouble(losses[m]);
            out.writeDouble(usual[m]);
        }
        out.writeInt(best.size());
        for (Map.Entry<String, Integer> one : best.entrySet()) {
            out.writeUTF(one.getKey());
            out.writeInt(one.getValue());
        }
        out.writeInt(END);
        out.flush();
    }

    static Blend read(DataInputStream in, Members all) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no ensemble of risk scorers; train again.");
        }
        List<TrainedMember> members = TrainedMembers.read(in, all);
        int method = in.readUnsignedByte();
        int segment = in.readUnsignedByte();
        if (method >= Method.values().length || segment >= Segment.values().length) {
            throw new IOException("The model names a method or a segmentation that there is not.");
        }
        double intercept = in.readDouble();
        double[][] numbers = new double[3][members.size()];
        for (int m = 0; m < members.size(); m++) {
            for (double[] one : numbers) {
                one[m] = in.readDouble();
            }
            if (!(numbers[0][m] >= 0)) {
                throw new IOException("A weight of the model is " + numbers[0][m] + ".");
            }
        }
        int count = in.readInt();
        if (count < 0 || count > MOST_SEGMENTS) {
            throw new IOException("The model says that it has " + count + " segments.");
        }
        Map<String, Integer> best = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String text = in.readUTF();
            int member = in.readInt();
            if (member < 0 || member >= members.size()) {
                throw new IOException("A segment of the model names a member that there is not.");
            }
            best.put(text, member);
        }
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Blend(members, Method.values()[method], Segment.values()[segment], intercept, numbers[0], numbers[1], numbers[2], best);
    }
}

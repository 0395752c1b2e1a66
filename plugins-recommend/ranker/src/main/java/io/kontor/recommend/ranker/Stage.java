package io.kontor.recommend.ranker;

import io.kontor.api.ensemble.Blended;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.ensemble.TrainedMembers;
import io.kontor.api.model.MemberShare;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The model: who brings candidates, and what ranks them. Immutable; safe for use by several threads.
 *
 * @param members in the order of their plugins' ids
 * @param losses what each member alone missed of a gain of 1; NaN when not judged
 * @param shelf what is known of products
 * @param machine says how likely a candidate is chosen
 * @param scale how much that counts beside the place in the list of the best member
 */
public record Stage(List<TrainedMember> members, double[] losses, Shelf shelf, Machine machine, Scale scale)
        implements Blended {

    private static final int MAGIC = 0x4b524e32;
    private static final int END = 0x454e4421;

    Layout layout() {
        return new Layout(members.size());
    }

    /** What is added to the score of a candidate, whatever it is. */
    double base() {
        return scale.machine() * machine.bias();
    }

    /** What each group adds to the score of a candidate. */
    double[] parts(int[] active, int[] ranks) {
        double[] parts = machine.parts(active);
        for (int group = 0; group < parts.length; group++) {
            parts[group] *= scale.machine();
        }
        parts[scale.leader()] += scale.ofPlace(ranks[scale.leader()]);
        return parts;
    }

    @Override
    public List<MemberShare> shares() {
        return IntStream.range(0, members.size()).mapToObj(m -> new MemberShare(members.get(m).plugin(),
                members.get(m).version(), "", 1.0 / members.size(), losses[m])).toList();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        TrainedMembers.write(members, out);
        for (double loss : losses) {
            out.writeDouble(loss);
        }
        shelf.write(out);
        machine.write(out);
        scale.write(out);
        out.writeInt(END);
        out.flush();
    }

    static Stage read(DataInputStream in, Members all) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("This is no ranking stage.");
        }
        List<TrainedMember> members = TrainedMembers.read(in, all);
        double[] losses = new double[members.size()];
        for (int m = 0; m < losses.length; m++) {
            losses[m] = in.readDouble();
        }
        Shelf shelf = Shelf.read(in);
        Machine machine = Machine.read(in, new Layout(members.size()).inputs());
        Scale scale = Scale.read(in, members.size());
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Stage(members, losses, shelf, machine, scale);
    }
}

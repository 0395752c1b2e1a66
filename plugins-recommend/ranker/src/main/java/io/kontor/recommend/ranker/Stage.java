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
 * The model: who brings candidates, and the machine that ranks them. Immutable; safe for use by several threads.
 *
 * @param members in the order of their plugins' ids
 * @param losses what each member alone missed of a gain of 1; NaN when not judged
 * @param shelf what is known of products
 * @param machine ranks
 */
public record Stage(List<TrainedMember> members, double[] losses, Shelf shelf, Machine machine) implements Blended {

    private static final int MAGIC = 0x4b524e31;
    private static final int END = 0x454e4421;

    Layout layout() {
        return new Layout(members.size());
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
        if (in.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Stage(members, losses, shelf, machine);
    }
}

package io.kontor.recommend.ranker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What the machine's log odds and the place in the list of one member count.
 *
 * @param leader the member, by its number
 * @param machine the share of the machine, 0 to 1; the place has the rest
 */
record Scale(int leader, double machine) {

    /** Products that are not in the list stand where this one would. */
    private static final double LAST = 1_000;

    /** What a place from 1, or 0 for none, adds to the score: the logarithm of how far before the last it is, 0 or more. */
    double ofPlace(int place) {
        return place == 0 ? 0 : (1 - machine) * Math.max(0, Math.log(LAST / place));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(leader);
        out.writeDouble(machine);
    }

    static Scale read(DataInputStream in, int members) throws IOException {
        Scale scale = new Scale(in.readInt(), in.readDouble());
        if (scale.leader < 0 || scale.leader >= members || !(scale.machine >= 0 && scale.machine <= 1)) {
            throw new IOException("The model follows member " + scale.leader + " and counts its machine " + scale.machine + ".");
        }
        return scale;
    }
}

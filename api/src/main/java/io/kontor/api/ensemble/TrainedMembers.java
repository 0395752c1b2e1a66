package io.kontor.api.ensemble;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The members of an ensemble's model, as they are written with it. Not instantiated. */
public final class TrainedMembers {

    private static final int MOST = 1_000;

    private TrainedMembers() {
    }

    /**
     * Writes members with all that they have learned, so that the model is whole by itself.
     *
     * @param members the members
     * @param out where to
     * @throws IOException when writing fails
     */
    public static void write(List<TrainedMember> members, DataOutputStream out) throws IOException {
        out.writeInt(members.size());
        for (TrainedMember member : members) {
            out.writeUTF(member.plugin());
            out.writeUTF(member.version());
            out.writeInt(member.bytes().length);
            out.write(member.bytes());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in the bytes
     * @param members the store's plugins
     * @return the members, those included whose plugin has gone
     * @throws IOException when the bytes cannot be understood
     */
    public static List<TrainedMember> read(DataInputStream in, Members members) throws IOException {
        int size = in.readInt();
        if (size < 1 || size > MOST) {
            throw new IOException("The model says that it has " + size + " members.");
        }
        List<TrainedMember> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String plugin = in.readUTF();
            String version = in.readUTF();
            int length = in.readInt();
            byte[] bytes = in.readNBytes(Math.max(0, length));
            if (length != bytes.length) {
                throw new IOException("The model ends within its member " + plugin + ".");
            }
            all.add(members.read(plugin, version, bytes));
        }
        return all;
    }
}

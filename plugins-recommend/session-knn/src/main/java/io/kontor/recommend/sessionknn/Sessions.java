package io.kontor.recommend.sessionknn;

import io.kontor.api.choice.Items;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A model: past sessions without names, the newest first, and for each product the newest sessions that have it. Sessions that are among the
 * newest of none of their products are left out, so that the model grows with the catalogue and not with the traffic. Immutable but for what
 * came after it, which is replaced as a whole; safe for use by many threads.
 */
final class Sessions {

    private static final int FORMAT = 2;
    /** Without its origin. */
    private static final int FIRST_FORMAT = 1;

    private final Items items;
    private final SessionLists lists;
    private final int perProduct;
    private final int[] starts;
    private final int[] newest;
    private final int[] all;
    private final float[] rarity;
    private final Origin origin;
    private final AtomicReference<LatestVisits> keeper = new AtomicReference<>();
    private volatile Searched searched;

    /**
     * Of what it was made.
     *
     * @param position of the last event that had been accepted
     * @param newest when the newest deed was done, in milliseconds since 1970-01-01T00:00Z; 0 when it is not known
     * @param byCustomer whether all that a customer did is one session
     */
    record Origin(long position, long newest, boolean byCustomer) {
    }

    /**
     * Sessions.
     *
     * @param items the products
     * @param lists sessions, the newest first
     * @param perProduct how many sessions of a product are searched
     * @param origin of what they were made
     */
    Sessions(Items items, SessionLists lists, int perProduct, Origin origin) {
        this.items = items;
        this.lists = lists;
        this.perProduct = perProduct;
        this.origin = origin;
        all = new int[items.size()];
        for (int at = 0; at < lists.start(lists.size()); at++) {
            all[lists.product(at)]++;
        }
        starts = new int[all.length + 1];
        rarity = new float[all.length];
        for (int product = 0; product < all.length; product++) {
            starts[product + 1] = starts[product] + Math.min(all[product], perProduct);
            rarity[product] = all[product] == 0 ? 0 : (float) Math.log((double) lists.size() / all[product]);
        }
        newest = new int[starts[all.length]];
        int[] next = starts.clone();
        for (int session = 0; session < lists.size(); session++) {
            for (int at = lists.start(session); at < lists.start(session + 1); at++) {
                int product = lists.product(at);
                if (next[product] < starts[product + 1]) {
                    newest[next[product]++] = session;
                }
            }
        }
        searched = new Searched(this);
    }

    /**
     * Keeps what is needed of sessions.
     *
     * @param items the products
     * @param all sessions, the newest first
     * @param perProduct how many sessions are kept for a product
     * @param origin of what they were made
     * @return the model
     */
    static Sessions newest(Items items, SessionLists all, int perProduct, Origin origin) {
        int[] count = new int[items.size()];
        SessionLists kept = new SessionLists();
        for (int session = 0; session < all.size(); session++) {
            boolean needed = false;
            for (int at = all.start(session); at < all.start(session + 1); at++) {
                needed |= count[all.product(at)]++ < perProduct;
            }
            if (needed) {
                kept.copy(all, session);
            }
        }
        return new Sessions(items, kept, perProduct, origin);
    }

    Items items() {
        return items;
    }

    SessionLists lists() {
        return lists;
    }

    /** Where the sessions of a product begin; that of the number of products is where the last ones end, also for those behind. */
    int start(int product) {
        return starts[Math.min(product, all.length)];
    }

    /** A session of a product, by its place. */
    int session(int at) {
        return newest[at];
    }

    /** How many sessions have a product, of which there may be more than here. */
    int count(int product) {
        return product < all.length ? all[product] : 0;
    }

    /** The logarithm of all sessions to those with the product: 0 for one that is in all of them or in none. */
    float rarity(int product) {
        return product < all.length ? rarity[product] : 0;
    }

    int perProduct() {
        return perProduct;
    }

    Origin origin() {
        return origin;
    }

    /** These sessions and the ones that came after them, as they are at the moment. */
    Searched searched() {
        return searched;
    }

    /** Who keeps these up to date; null for nobody. */
    LatestVisits keeper() {
        return keeper.get();
    }

    /** Whether another one keeps these up to date from now on; false when somebody else was quicker. */
    boolean changeKeeper(LatestVisits before, LatestVisits now) {
        return keeper.compareAndSet(before, now);
    }

    /** Puts other later sessions in the place of those before. */
    void searched(Searched now) {
        searched = now;
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        data.writeInt(perProduct);
        data.writeLong(origin.position);
        data.writeLong(origin.newest);
        data.writeBoolean(origin.byCustomer);
        items.write(data);
        data.writeInt(lists.size());
        for (int session = 0; session < lists.size(); session++) {
            data.writeFloat(lists.age(session));
            data.writeByte(lists.start(session + 1) - lists.start(session));
            for (int at = lists.start(session); at < lists.start(session + 1); at++) {
                data.writeInt(lists.product(at));
                data.writeByte(lists.place(at));
            }
        }
        data.flush();
    }

    static Sessions read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        int format = data.readInt();
        check(format == FORMAT || format == FIRST_FORMAT, "it is of another format");
        int perProduct = data.readInt();
        Origin origin = format == FIRST_FORMAT ? new Origin(0, 0, false) : new Origin(data.readLong(), data.readLong(), data.readBoolean());
        Items items = Items.read(data);
        int size = data.readInt();
        check(perProduct > 0 && size > 0 && items.size() > 0 && origin.position >= 0, "its sizes are impossible");
        SessionLists lists = new SessionLists();
        for (int session = 0; session < size; session++) {
            float age = data.readFloat();
            int length = data.readByte();
            check(age >= 0 && Float.isFinite(age) && length > 1 && length <= Visits.MOST_PRODUCTS, "a session is impossible");
            lists.begin(age);
            int last = 0;
            for (int i = 0; i < length; i++) {
                int product = data.readInt();
                int place = data.readByte();
                check(product >= 0 && product < items.size() && place >= last, "a session is out of order");
                lists.add(product, place);
                last = place;
            }
        }
        return new Sessions(items, lists, perProduct, origin);
    }

    private static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of sessions is damaged: " + wrong);
        }
    }
}

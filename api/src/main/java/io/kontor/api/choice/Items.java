package io.kontor.api.choice;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The products that a model knows, by index. Immutable; safe for use by many threads. */
public final class Items {

    private static final int MOST = 1 << 28;

    private final Items first;
    private final int start;
    private final String[] ids;
    private final Map<String, Integer> indices;

    /**
     * An index of products.
     *
     * @param ids the shop's own ids, each once; kept, not copied
     * @throws IllegalArgumentException when an id is there twice
     */
    public Items(String[] ids) {
        this(null, ids);
    }

    private Items(Items first, String[] ids) {
        this.first = first;
        this.start = first == null ? 0 : first.size();
        this.ids = ids;
        this.indices = new HashMap<>(ids.length * 2);
        for (int i = 0; i < ids.length; i++) {
            if (indices.put(ids[i], start + i) != null || first != null && first.indexOf(ids[i]) >= 0) {
                throw new IllegalArgumentException("the product " + ids[i] + " is there twice");
            }
        }
    }

    /**
     * The same products under the same indices, and others behind them. Takes time and memory for the others alone.
     *
     * @param others the shop's own ids, each once and none of those here; kept, not copied
     * @return all of them
     * @throws IllegalArgumentException when an id is there twice
     */
    public Items with(String[] others) {
        return new Items(this, others);
    }

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    public int size() {
        return start + ids.length;
    }

    /**
     * The id of a product.
     *
     * @param index 0 to size - 1
     * @return the shop's own id
     */
    public String id(int index) {
        return index < start ? first.id(index) : ids[index - start];
    }

    /**
     * The index of a product.
     *
     * @param id the shop's own id
     * @return its index, or -1 when it is not known
     */
    public int indexOf(String id) {
        Integer index = indices.get(id);
        return index != null ? index : first == null ? -1 : first.indexOf(id);
    }

    /**
     * Writes the ids.
     *
     * @param out where to
     * @throws IOException when writing fails
     */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(size());
        for (int i = 0; i < size(); i++) {
            out.writeUTF(id(i));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return equal items
     * @throws IOException when it is not understood; a damaged size ends at the end of the bytes, not with the memory
     */
    public static Items read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > MOST) {
            throw new IOException("a model cannot have " + size + " products");
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ids.add(in.readUTF());
        }
        try {
            return new Items(ids.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new IOException("the model is damaged: " + e.getMessage(), e);
        }
    }
}

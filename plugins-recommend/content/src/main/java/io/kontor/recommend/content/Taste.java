package io.kontor.recommend.content;

import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Vocabulary;
import io.kontor.api.content.Words;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model: what is said of each product and what it looks like, which of those that were chosen go together, and how all this is put together.
 * Products that were chosen come first; those that nobody chose yet borrow from those that they are most like. Immutable; holds no customer;
 * safe for use by many threads.
 */
final class Taste {

    private static final int WORDS_FORMAT = 1;
    private static final int MEANINGS_FORMAT = 2;
    private static final int FORMAT = 3;

    private final Items items;
    private final Counting counting;
    private final Optional<Neighbours> together;
    private final Vocabulary vocabulary;
    private final SparseMatrix said;
    private final Space meanings;
    private final Space looks;
    private final SparseMatrix borrowed;
    private final float[] popularity;
    private final Blend blend;
    private final SparseMatrix byTerm;
    private final Kinship kinship;
    private final float[] factors;

    /**
     * A model.
     *
     * @param items all products, those that were chosen first
     * @param counting how much deeds count
     * @param together which of those that were chosen go together; empty when no two do
     * @param vocabulary what words tell
     * @param said a row a product, a column a bucket
     * @param meanings where each product is in a space of meanings
     * @param looks where each product is in a space of looks
     * @param borrowed a row a product that nobody chose, a column one that was chosen
     * @param popularity one a product that was chosen: above 0, 1 for the most chosen one
     * @param blend how all this is put together
     */
    Taste(Items items, Counting counting, Optional<Neighbours> together, Vocabulary vocabulary, SparseMatrix said, Space meanings,
            Space looks, SparseMatrix borrowed, float[] popularity, Blend blend) {
        this.items = items;
        this.counting = counting;
        this.together = together;
        this.vocabulary = vocabulary;
        this.said = said;
        this.meanings = meanings;
        this.looks = looks;
        this.borrowed = borrowed;
        this.popularity = popularity;
        this.blend = blend;
        this.byTerm = said.transposed();
        this.kinship = new Kinship(said, meanings, looks, blend.kin(), popularity);
        this.factors = new float[items.size()];
        for (int product = 0; product < factors.length; product++) {
            factors[product] = product < popularity.length ? blend.factor(popularity[product])
                    : factor(Rows.row(borrowed, product - popularity.length));
        }
    }

    Items items() {
        return items;
    }

    Counting counting() {
        return counting;
    }

    Optional<Neighbours> together() {
        return together;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    SparseMatrix said() {
        return said;
    }

    /** What is said of products, a row a bucket. */
    SparseMatrix byTerm() {
        return byTerm;
    }

    Space meanings() {
        return meanings;
    }

    Space looks() {
        return looks;
    }

    SparseMatrix borrowed() {
        return borrowed;
    }

    Blend blend() {
        return blend;
    }

    Kinship kinship() {
        return kinship;
    }

    /** How many products were chosen by somebody. */
    int chosen() {
        return popularity.length;
    }

    /** By how much a score counts for the popularity of a product, 0 to 1. */
    float factor(int product) {
        return factors[product];
    }

    /** The same for one that nobody chose yet and that borrows from others. */
    float factor(Terms lenders) {
        float share = 0;
        for (int i = 0; i < lenders.size(); i++) {
            share += lenders.weights()[i] * popularity[lenders.buckets()[i]];
        }
        return share == 0 ? 0 : blend.factor(share);
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        items.write(data);
        counting.write(data);
        data.writeDouble(blend.content());
        data.writeDouble(blend.meaning());
        data.writeDouble(blend.look());
        data.writeDouble(blend.kin());
        data.writeDouble(blend.popularity());
        data.writeInt(popularity.length);
        for (float share : popularity) {
            data.writeFloat(share);
        }
        vocabulary.write(data);
        Rows.write(said, data);
        meanings.write(data);
        looks.write(data);
        Rows.write(borrowed, data);
        data.writeBoolean(together.isPresent());
        data.flush();
        if (together.isPresent()) {
            together.get().write(out);
        }
    }

    static Taste read(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        DataInputStream data = new DataInputStream(buffered);
        int format = data.readInt();
        check(format >= WORDS_FORMAT && format <= FORMAT, "it is of another format");
        Items items = Items.read(data);
        Counting counting = Counting.read(data);
        Blend blend = new Blend(data.readDouble(), format >= MEANINGS_FORMAT ? data.readDouble() : 0, format == FORMAT ? data.readDouble() : 0,
                format == FORMAT ? data.readDouble() : 0, data.readDouble());
        int chosen = data.readInt();
        check(blend.content() > 0 && blend.meaning() >= 0 && blend.look() >= 0 && blend.kin() >= 0 && blend.popularity() >= 0,
                "its weights are impossible");
        check(chosen > 0 && chosen <= items.size(), "its sizes are impossible");
        float[] popularity = new float[chosen];
        for (int product = 0; product < chosen; product++) {
            popularity[product] = data.readFloat();
            check(popularity[product] > 0 && popularity[product] <= 1, "a popularity is impossible");
        }
        Vocabulary vocabulary = Vocabulary.read(data);
        SparseMatrix said = rows(data, items.size(), Words.BUCKETS);
        Space meanings = format >= MEANINGS_FORMAT ? Space.read(data, items.size()) : Space.NONE;
        Space looks = format == FORMAT ? Space.read(data, items.size()) : Space.NONE;
        SparseMatrix borrowed = rows(data, items.size() - chosen, chosen);
        Optional<Neighbours> together = data.readBoolean() ? Optional.of(Neighbours.read(buffered)) : Optional.empty();
        check(together.isEmpty() || together.get().items().size() == chosen, "its parts are of different products");
        return new Taste(items, counting, together, vocabulary, said, meanings, looks, borrowed, popularity, blend);
    }

    private static SparseMatrix rows(DataInputStream data, int count, int columns) throws IOException {
        List<Terms> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(Rows.read(data, columns));
        }
        return Terms.matrix(rows, columns);
    }

    static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of products by content is damaged: " + wrong);
        }
    }
}

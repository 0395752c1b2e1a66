package io.kontor.recommend.sequential;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * The sizes of a model, and which arrays it is made of: first the products' vectors (products x dimension), then those of the places (length x
 * dimension), then eleven arrays a block, and at the end gain and bias of the last normalisation. Matrices are kept row by row; a row is
 * multiplied from the left.
 *
 * @param products how many products
 * @param dimension of all vectors
 * @param length how many of the latest choices are read
 * @param blocks how many blocks follow each other
 */
record Shape(int products, int dimension, int length, int blocks) {

    /** Arrays of a block, in this order. */
    enum Part {
        ATTENTION_GAIN, ATTENTION_BIAS, QUERY, KEY, VALUE, FORWARD_GAIN, FORWARD_BIAS, INNER, INNER_BIAS, OUTER, OUTER_BIAS;

        boolean matrix() {
            return this == QUERY || this == KEY || this == VALUE || this == INNER || this == OUTER;
        }

        boolean gain() {
            return this == ATTENTION_GAIN || this == FORWARD_GAIN;
        }
    }

    static final int PRODUCTS = 0;
    static final int PLACES = 1;
    private static final int FIRST_BLOCK = 2;
    private static final int PARTS = Part.values().length;
    private static final int MOST_DIMENSIONS = 1_024;
    private static final int MOST_BLOCKS = 8;

    /** Checks the sizes. */
    Shape {
        if (products < 1 || dimension < 1 || dimension > MOST_DIMENSIONS || length < 1 || length > MOST_DIMENSIONS || blocks < 1
                || blocks > MOST_BLOCKS || (long) products * dimension > Integer.MAX_VALUE - Byte.MAX_VALUE) {
            throw new IllegalArgumentException(products + " products, dimension " + dimension + ", length " + length + ", blocks " + blocks);
        }
    }

    int arrays() {
        return FIRST_BLOCK + blocks * PARTS + 2;
    }

    int place(int block, Part part) {
        return FIRST_BLOCK + block * PARTS + part.ordinal();
    }

    int lastGain() {
        return arrays() - 2;
    }

    int lastBias() {
        return arrays() - 1;
    }

    /** The part of an array within its block; null outside of blocks. */
    Part part(int array) {
        return array < FIRST_BLOCK || array >= lastGain() ? null : Part.values()[(array - FIRST_BLOCK) % PARTS];
    }

    int rows(int array) {
        Part part = part(array);
        return array == PRODUCTS ? products : array == PLACES ? length : part != null && part.matrix() ? dimension : 1;
    }

    float[][] room() {
        float[][] room = new float[arrays()][];
        for (int array = 0; array < room.length; array++) {
            room[array] = new float[rows(array) * dimension];
        }
        return room;
    }

    static Shape read(DataInputStream in, int products) throws IOException {
        try {
            return new Shape(products, in.readInt(), in.readInt(), in.readInt());
        } catch (IllegalArgumentException e) {
            throw new IOException("the model is damaged: " + e.getMessage(), e);
        }
    }
}

package io.kontor.recommend.sessionknn;

import java.util.Arrays;

/** Sessions one after the other while they are collected. For one thread. */
final class SessionLists {

    private int[] starts = new int[1 << 10];
    private float[] ages = new float[1 << 10];
    private int[] products = new int[1 << 12];
    private byte[] places = new byte[1 << 12];
    private int size;

    /**
     * Begins the next session.
     *
     * @param age in days before the newest record
     */
    void begin(float age) {
        if (size + 1 == starts.length) {
            starts = Arrays.copyOf(starts, Math.toIntExact(starts.length * 2L));
            ages = Arrays.copyOf(ages, starts.length);
        }
        ages[size++] = age;
        starts[size] = starts[size - 1];
    }

    /**
     * Adds a product to the session that was begun last.
     *
     * @param product its index
     * @param place in the session, 0 for the oldest; not below that of the product before
     */
    void add(int product, int place) {
        int end = starts[size]++;
        if (end == products.length) {
            products = Arrays.copyOf(products, Math.toIntExact(products.length * 2L));
            places = Arrays.copyOf(places, products.length);
        }
        products[end] = product;
        places[end] = (byte) place;
    }

    int size() {
        return size;
    }

    int start(int session) {
        return starts[session];
    }

    int product(int at) {
        return products[at];
    }

    int place(int at) {
        return places[at];
    }

    float age(int session) {
        return ages[session];
    }

    /**
     * Copies a session of others.
     *
     * @param other where it is
     * @param session which one
     */
    void copy(SessionLists other, int session) {
        begin(other.ages[session]);
        for (int at = other.starts[session]; at < other.starts[session + 1]; at++) {
            add(other.products[at], other.places[at]);
        }
    }
}

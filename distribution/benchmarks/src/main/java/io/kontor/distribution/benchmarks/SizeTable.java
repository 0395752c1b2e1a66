package io.kontor.distribution.benchmarks;

import io.kontor.api.model.Trainer;
import io.kontor.api.model.Training;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.function.IntConsumer;

/** A table of models beside the first of them: size on disk and in the heap, and the median time of an answer in the same run. */
final class SizeTable {

    private static final int ROUNDS = 5;
    private static final int MOST_ASKED = 3_000;

    private final int asked;
    private Weighed<?> first;
    private IntConsumer firstAsk;

    /**
     * A model as it is served.
     *
     * @param model read from its bytes
     * @param bytes how many they are
     * @param heap how many bytes it takes in the heap
     */
    record Weighed<M>(M model, int bytes, double heap) {

        static <M> Weighed<M> of(Trainer<M> plugin, Training training) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            plugin.write(plugin.train(training), bytes);
            byte[] artifact = bytes.toByteArray();
            plugin.read(new ByteArrayInputStream(artifact));
            double before = usedHeap();
            M model = plugin.read(new ByteArrayInputStream(artifact));
            return new Weighed<>(model, artifact.length, usedHeap() - before);
        }
    }

    /**
     * An empty table; prints its head.
     *
     * @param quality what the last columns are named
     * @param cases how many questions there are
     */
    SizeTable(String quality, int cases) {
        asked = Math.min(MOST_ASKED, cases);
        Figures.print("%-22s %12s %7s %12s %7s %9s   %s", "variant", "disk", "", "heap", "", "p50", quality);
    }

    /**
     * Prints a row.
     *
     * @param name of the variant
     * @param weighed the model
     * @param ask has it answer a question, by its number
     * @param quality how good it is
     */
    void add(String name, Weighed<?> weighed, IntConsumer ask, String quality) {
        first = first == null ? weighed : first;
        firstAsk = firstAsk == null ? ask : firstAsk;
        Figures.print("%-22s %9.3f MB %6.2fx %9.3f MB %6.2fx %8.2fx   %s", name, weighed.bytes() / 1e6,
                (double) weighed.bytes() / first.bytes(), weighed.heap() / 1e6, weighed.heap() / first.heap(), slowdown(ask), quality);
    }

    private static double usedHeap() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** The median time of an answer, as a multiple of the first one's; both are asked in turn, so that the machine's load counts for both. */
    private double slowdown(IntConsumer ask) {
        double[] own = new double[asked];
        double[] other = new double[asked];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < asked; i++) {
                boolean before = (i + round) % 2 == 0;
                own[i] = before ? nanos(ask, i) : own[i];
                other[i] = nanos(firstAsk, i);
                own[i] = before ? own[i] : nanos(ask, i);
            }
        }
        return Figures.quantile(own, 0.5) / Figures.quantile(other, 0.5);
    }

    private static double nanos(IntConsumer ask, int question) {
        long begin = System.nanoTime();
        ask.accept(question);
        return System.nanoTime() - begin;
    }
}

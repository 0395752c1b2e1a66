package io.kontor.distribution.benchmarks;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.TopItems;
import io.kontor.api.data.Interaction;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedRows;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.recommend.als.ImplicitAls;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What recommenders take of the processor, beside a compiled library in the same run: a matrix product to calibrate by, the inverse that EASE^R
 * is made of, the best ten products of all customers as one blocked product, ALS, and single requests. With arguments how ALS grows instead:
 * numbers of interactions, each with a number of iterations behind a slash where 15 would take too long; the heap should have 80 bytes for each
 * of the last one ({@code BENCHMARK_JAVA_OPTS=-Xmx8g}).
 */
final class RecommendSpeed implements Main.Benchmark {

    private static final int SQUARE = 2_048;
    private static final int EASE = 3_808;
    private static final int CUSTOMERS = 6_039;
    private static final int PRODUCTS = 3_628;
    private static final int CHOICES = 669_156;
    private static final int FACTORS = 64;
    private static final int ITERATIONS = 15;
    private static final int ROUNDS = 4;
    private static final int TOP = 10;
    private static final int HISTORY = 30;
    private static final int GROUP = 96;
    private static final double GIGA = 1e9;

    /** Settings that are not searched for. */
    private record Given(int factors, int iterations, String precision) implements ImplicitAls.Settings {

        @Override
        public double regularisation() {
            return 0.004;
        }

        @Override
        public double unobserved() {
            return 0.3;
        }

        @Override
        public int halfLifeDays() {
            return 0;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return ImplicitAls.Settings.class;
        }
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Figures.print("vector instructions: %s", Kernels.vectorised());
        for (String rows : arguments) {
            String[] parts = rows.split("/");
            long count = Long.parseLong(parts[0]);
            alternating("ALS, " + parts[0] + " purchases", count, (int) (count / 50), (int) (count / 250),
                    parts.length == 1 ? ITERATIONS : Integer.parseInt(parts[1]));
        }
        if (!arguments.isEmpty()) {
            return;
        }
        float[] square = numbers(SQUARE * SQUARE);
        float[] result = new float[SQUARE * SQUARE];
        double flops = 2.0 * SQUARE * SQUARE * SQUARE / GIGA;
        double blas = Blas.product(square, SQUARE, square, SQUARE, SQUARE);
        double own = Cpu.best(ROUNDS, () -> Kernels.product(square, SQUARE, square, SQUARE, SQUARE, result, JobContext.unwatched()));
        compare("product of 2,048 x 2,048 matrices", own, blas);
        Figures.print("  %.1f GFLOP/s of ours, %.1f of the library's, a second of processor time", flops / own, flops / blas);
        inverse();
        everybody();
        alternating("ALS, 6,039 customers, 3,628 products, 669,156 purchases, 64 factors", CHOICES, CUSTOMERS, PRODUCTS, ITERATIONS);
        for (int[] size : new int[][] {{4_000, 400_000, 10_000}, {41_000, 1_200_000, 30_000}, {1_000_000, 6_000_000, 120_000}}) {
            if (size[0] * 2_000L < Runtime.getRuntime().maxMemory()) {
                requests(size[0], size[1], size[2]);
            }
        }
    }

    private static void compare(String what, double own, double reference) {
        Figures.print("%s: %.2f s of processor time, the compiled library %.2f s, ratio %.2f", what, own, reference, own / reference);
    }

    private static float[] numbers(int count) {
        Random random = new Random(1);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    private static void inverse() {
        float[] matrix = numbers(EASE * EASE);
        for (int i = 0; i < EASE; i++) {
            for (int j = 0; j < i; j++) {
                matrix[j * EASE + i] = matrix[i * EASE + j];
            }
            matrix[i * EASE + i] = EASE;
        }
        double blas = Blas.inverse(matrix, EASE);
        float[] own = new float[matrix.length];
        double seconds = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            System.arraycopy(matrix, 0, own, 0, matrix.length);
            seconds = Math.min(seconds, Cpu.of(() -> Kernels.inverse(own, EASE, JobContext.unwatched())));
        }
        compare("inverse of 3,808 x 3,808", seconds, blas);
    }

    private static void everybody() {
        float[] customers = numbers(CUSTOMERS * FACTORS);
        float[] products = numbers(PRODUCTS * FACTORS);
        double blas = Blas.product(customers, CUSTOMERS, products, PRODUCTS, FACTORS);
        float[] scores = new float[GROUP * PRODUCTS];
        float[] row = new float[PRODUCTS];
        int[] found = new int[1];
        double own = Cpu.best(ROUNDS, () -> {
            PackedRows packed = new PackedRows(products, PRODUCTS, FACTORS);
            for (int first = 0; first < CUSTOMERS; first += GROUP) {
                int rows = Math.min(GROUP, CUSTOMERS - first);
                packed.times(customers, first * FACTORS, rows, scores, 0);
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(scores, i * PRODUCTS, row, 0, PRODUCTS);
                    found[0] += TopItems.of(row, TOP).length;
                }
            }
        });
        compare("best ten of 3,628 for each of 6,039 customers (the library: the product alone)", own, blas);
    }

    private static void alternating(String what, long choices, int customers, int products, int iterations) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        ImplicitAls plugin = new ImplicitAls(new Given(FACTORS, iterations, "float"), store);
        TasteShop shop = new TasteShop(choices, customers, products);
        int rounds = choices > 2_000_000 ? 1 : ROUNDS;
        double making = Cpu.best(rounds, () -> shop.interactions(batch -> batch.size()));
        int[] different = new int[1];
        double reading = Cpu.best(rounds,
                () -> different[0] = Choices.read(new Training(shop, 1, JobContext.unwatched()), 0).size());
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        double seconds = Cpu.best(rounds, () -> plugin.train(new Training(shop, 1, JobContext.unwatched())));
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        Figures.print("%s, %d different, %d iterations: %.2f s of processor time without making the records, reading %.2f s of it,"
                + " %.1f ns a different one and iteration; heap at most %.0f MB", what, different[0], iterations, seconds - making,
                reading - making, (seconds - reading) * GIGA / different[0] / iterations, peak / 1e6);
    }

    private static void requests(int products, int choices, int customers) throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        TasteShop shop = new TasteShop(choices, customers, products);
        for (String precision : List.of("float", "8-bit")) {
            ImplicitAls plugin = new ImplicitAls(new Given(FACTORS, 6, precision), store);
            answer(plugin, shop, products, customers, precision);
        }
    }

    private static <M> void answer(TrainedRecommender<M> plugin, TasteShop shop, int products, int customers,
            String precision) throws Exception {
        M model = plugin.train(new Training(shop, 1, JobContext.unwatched()));
        int asked = products > 100_000 ? 400 : 4_000;
        double[] times = new double[asked];
        for (int i = -asked; i < asked; i++) {
            List<Interaction> history = shop.history((i + asked) % customers, HISTORY);
            Set<String> known = new HashSet<>();
            history.forEach(deed -> known.add(deed.product()));
            RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of("c"), Optional.empty(), List.of(), history,
                    TOP, product -> !known.contains(product));
            long begin = System.nanoTime();
            plugin.recommend(model, request);
            if (i >= 0) {
                times[i] = Figures.millis(System.nanoTime() - begin);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(model, out);
        Figures.print("one request, %d products, %s: p50 %.3f ms, p99 %.3f ms; artifact %.1f MB", products, precision,
                Figures.quantile(times, 0.5), Figures.quantile(times, 0.99), out.size() / 1e6);
    }
}

package io.kontor.distribution.benchmarks;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.recommend.sessionknn.SessionKnn;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * What visits after a training are worth to {@code session-knn}, and what they cost. Visits of the last thirty days are replayed view by view:
 * before each view of a product that is new to its visit the model is asked for it with the visit so far, then the view is told. The model is of
 * some days before, with the later views and without; what remains are views whose product nobody had looked at by then, which count as
 * missed. Argument: DIGINETICA's train-item-views.csv.gz, or none to measure the cost of a request alone.
 */
final class LatestVisits implements Main.Benchmark {

    private static final int TESTED_DAYS = 30;
    private static final int DEPTH = 20;
    private static final int LATEST = 50_000;
    private static final int PRODUCTS = 10_000;
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 2;
    private static final int REQUESTS = 1_000;
    private static final int PARTS = 20;

    /** A view of a product in a visit. */
    private record View(String session, String product, Instant time) {
    }

    /** Settings as they come, but for the latest deeds. */
    private record Given(int latestDeeds) implements SessionKnn.Settings {

        @Override
        public int neighbours() {
            return 500;
        }

        @Override
        public int perProduct() {
            return 1_000;
        }

        @Override
        public int halfLifeDays() {
            return 90;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return SessionKnn.Settings.class;
        }
    }

    /** A plugin with its model as it serves. */
    private record Serving<M>(TrainedRecommender<M> plugin, M model) {

        static <M> Serving<M> trained(TrainedRecommender<M> plugin, SampleStore store) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            plugin.write(plugin.train(new Training(store.snapshot(), 1, JobContext.unwatched())), bytes);
            return new Serving<>(plugin, plugin.read(new ByteArrayInputStream(bytes.toByteArray())));
        }

        List<RankedItem> ask(List<String> visit) {
            Set<String> seen = new HashSet<>(visit);
            return plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), visit, List.of(),
                    DEPTH, product -> !seen.contains(product))).items();
        }
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        if (!arguments.isEmpty()) {
            List<View> views = read(Path.of(arguments.get(0)));
            Instant end = views.get(views.size() - 1).time;
            Figures.print("%d views until %s, the last %d days are replayed", views.size(), end, TESTED_DAYS);
            Figures.print("| the model is older than the first visit by | later views | cases | HR@20 | MRR@20 |");
            Figures.print("|---|---|---|---|---|");
            for (int age : new int[] {0, 7, 30}) {
                for (int latest : new int[] {0, LATEST}) {
                    replay(views, end.minus(Duration.ofDays(TESTED_DAYS)), age, latest);
                }
            }
        }
        cost();
    }

    // Visits are of a day; within it they follow each other as their numbers do, an hour apart at most.
    private static List<View> read(Path file) throws IOException {
        List<View> views = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)),
                StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(";");
                Instant day = LocalDate.parse(cells[4]).atStartOfDay().toInstant(ZoneOffset.UTC);
                views.add(new View(cells[0], cells[2], day.plusSeconds(Long.parseLong(cells[0]) % 72_000).plusMillis(Long.parseLong(cells[3]))));
            }
        }
        views.sort(Comparator.comparing(View::time).thenComparing(View::session).thenComparing(View::product));
        return views;
    }

    private static void replay(List<View> views, Instant begin, int age, int latest) throws Exception {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        int at = 0;
        for (; views.get(at).time.isBefore(begin.minus(Duration.ofDays(age))); at++) {
            tell(store, views.get(at));
        }
        Serving<?> serving = Serving.trained(new SessionKnn(new Given(latest), store), store);
        Map<String, List<String>> running = new HashMap<>();
        int cases = 0;
        int hits = 0;
        double reciprocal = 0;
        for (; at < views.size(); at++) {
            View view = views.get(at);
            List<String> visit = running.computeIfAbsent(view.session, session -> new ArrayList<>());
            if (!view.time.isBefore(begin) && !visit.isEmpty() && !visit.contains(view.product)) {
                List<String> answer = serving.ask(visit).stream().map(RankedItem::product).toList();
                int rank = answer.indexOf(view.product);
                cases++;
                hits += rank >= 0 ? 1 : 0;
                reciprocal += rank >= 0 ? 1.0 / (rank + 1) : 0;
            }
            visit.add(view.product);
            tell(store, view);
        }
        Figures.print("| %d days | %s | %d | %.4f | %.4f |", age, latest == 0 ? "do not count" : "count", cases, hits / (double) cases,
                reciprocal / cases);
    }

    private static void tell(SampleStore store, View view) {
        store.event("view", null, view.session, view.product, Double.NaN, view.time);
    }

    private static void cost() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<Map<String, Object>> learned = generated(random, 0, 5 * LATEST);
        List<Map<String, Object>> later = generated(random, 5 * LATEST, LATEST);
        SampleStore store = new SampleStore(Locale.ENGLISH).addAll(Entity.EVENTS, learned);
        Serving<?> alone = Serving.trained(new SessionKnn(new Given(0), store), store);
        Serving<?> full = Serving.trained(new SessionKnn(new Given(LATEST), store), store);
        int part = LATEST / PARTS;
        double taken = Cpu.of(() -> {
            for (int i = 0; i < LATEST; i += part) {
                store.addAll(Entity.EVENTS, later.subList(i, i + part));
            }
        });
        double[] ratios = new double[ROUNDS];
        double[] micros = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double without = asked(alone);
            double with = asked(full);
            if (round >= 0) {
                ratios[round] = with / without;
                micros[round] = without / REQUESTS * 1e6;
            }
        }
        Figures.print("%d products, a model of %d views: a request takes %.0f us of the processor, %.2f times as much with the latest %d views; "
                + "to take these in, in %d parts, takes %.0f ms", PRODUCTS, 5 * LATEST, Figures.quantile(micros, 0.5),
                Figures.quantile(ratios, 0.5), LATEST, PARTS, taken * 1e3);
    }

    private static List<Map<String, Object>> generated(SplittableRandom random, int first, int views) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = first; i < first + views; i++) {
            rows.add(Map.of("id", "e" + i, "type", "view", "sessionId", "v" + i / 5, "productId", product(random), "time",
                    Instant.EPOCH.plusSeconds(i)));
        }
        return rows;
    }

    private static double asked(Serving<?> serving) {
        SplittableRandom random = new SplittableRandom(9);
        return Cpu.of(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                serving.ask(List.of(product(random), product(random), product(random)));
            }
        });
    }

    private static String product(SplittableRandom random) {
        return "p" + (int) Math.pow(PRODUCTS, random.nextDouble());
    }
}

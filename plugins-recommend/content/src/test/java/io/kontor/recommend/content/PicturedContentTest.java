package io.kontor.recommend.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Picture;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The plugin where products have pictures: plates and bottles of two ranges of colours each. */
class PicturedContentTest extends TrainedRecommenderContract<Taste> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final int KINDS = 4;

    @Override
    protected TrainedRecommender<Taste> plugin(SampleStore data) {
        data.picture("a.jpg", drawn(0, 1)).product(Map.of("id", "pictured", "imageUrl", "a.jpg"));
        return content(data);
    }

    private static ContentRecommender content(SampleStore data) {
        return new ContentRecommender(DefaultSettings.of(ContentRecommender.Settings.class), data, new Deployed(null));
    }

    /**
     * A thing of some kind as a photographer would take it: of its own size, place, light and noise, before an even or, rarely, a lively
     * background.
     */
    static Picture drawn(int kind, int seed) {
        Random random = new Random(seed * 31L + kind);
        int side = 80 + random.nextInt(60);
        double size = 0.25 + 0.2 * random.nextDouble();
        double x = 0.5 + 0.1 * (random.nextDouble() - 0.5);
        double y = 0.5 + 0.1 * (random.nextDouble() - 0.5);
        double light = 0.75 + 0.35 * random.nextDouble();
        boolean lively = random.nextInt(5) == 0;
        int tone = random.nextInt(40);
        int[] colour = kind % 2 == 0 ? new int[] {40 + random.nextInt(40), 80 + tone, 190} : new int[] {200, 60 + tone, 40};
        int[] rgb = new int[side * side];
        for (int at = 0; at < rgb.length; at++) {
            double u = (at % side / (double) side - x) / size;
            double v = (at / side / (double) side - y) / size;
            boolean inside = kind < 2 ? u * u + v * v < 1 : Math.abs(u) < (v < -0.3 ? 0.2 : 0.5) && Math.abs(v) < 1;
            int noise = random.nextInt(9) - 4;
            int value = 0;
            for (int channel = 0; channel < 3; channel++) {
                double shade = inside ? colour[channel] * (light - 0.2 * u) : lively ? 120 + 80 * Math.sin(at % side / 5.0 + channel) : 244;
                value = value << 8 | (int) Math.max(0, Math.min(255, shade + noise));
            }
            rgb[at] = value;
        }
        return new Picture(side, side, rgb);
    }

    /** Twelve products of each kind without a word, and customers who keep to one kind; each buys few, so that choices alone tell little. */
    private static SampleStore shop() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int product = 0; product < 12 * KINDS; product++) {
            store.picture("p" + product + ".jpg", drawn(product % KINDS, product));
            store.product(Map.of("id", "p" + product, "imageUrl", "p" + product + ".jpg"));
        }
        Random random = new Random(5);
        for (int customer = 0; customer < 60; customer++) {
            for (int i = 0; i < 3; i++) {
                store.purchase("c" + customer, "p" + (random.nextInt(12) * KINDS + customer % KINDS), TIME.plusSeconds(i));
            }
        }
        return store;
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (!condition.getAsBoolean()) {
                Thread.onSpinWait();
            }
        });
    }

    private static double nearestOfItsKind(Function<Picture, float[]> describe) {
        List<float[]> vectors = new ArrayList<>();
        for (int product = 0; product < 25 * KINDS; product++) {
            vectors.add(describe.apply(drawn(product % KINDS, 1_000 + product)));
        }
        Space space = Space.of("x", vectors.size(), vectors::get);
        int right = 0;
        for (int product = 0; product < vectors.size(); product++) {
            float[] near = new float[vectors.size()];
            space.add(space.of(product), 1, near);
            near[product] = -2;
            int best = 0;
            for (int other = 0; other < near.length; other++) {
                best = near[other] > near[best] ? other : best;
            }
            right += best % KINDS == product % KINDS ? 1 : 0;
        }
        return right / (double) vectors.size();
    }

    private static float[] histogram(Picture picture) {
        float[] histogram = new float[512];
        for (int rgb : picture.rgb()) {
            histogram[(rgb >> 21 & 7) << 6 | (rgb >> 13 & 7) << 3 | rgb >> 5 & 7]++;
        }
        return histogram;
    }

    @Test
    void looksAlikeWhatIsOfOneKindMoreOftenThanByAPlainHistogram() {
        double looks = nearestOfItsKind(Look::of);
        double plain = nearestOfItsKind(PicturedContentTest::histogram);
        assertTrue(looks > plain + 0.05 && looks > 0.85, looks + " against " + plain + " by a histogram and 0.25 by chance");
    }

    @Test
    void picturesCountWhereTheyTellTasteAndNotWhereTheyDoNot() {
        SampleStore telling = shop();
        Taste model = content(telling).train(telling.training(1));
        assertTrue(model.blend().look() > 0 && model.blend().kin() > 0, model.blend().toString());
        SampleStore random = new SampleStore(Locale.ENGLISH);
        for (int product = 0; product < 12 * KINDS; product++) {
            random.picture("p" + product + ".jpg", drawn(new Random(product).nextInt(KINDS), product));
            random.product(Map.of("id", "p" + product, "title", product % 2 == 0 ? "tea" : "shoe", "imageUrl", "p" + product + ".jpg"));
        }
        for (int customer = 0; customer < 100; customer++) {
            for (int i = 0; i < 10; i++) {
                random.purchase("c" + customer, "p" + (2 * ((customer * 7 + i * i) % 24) + customer % 2), TIME.plusSeconds(i));
            }
        }
        assertEquals(0, content(random).train(random.training(1)).blend().look(), "what was chosen tells all");
    }

    @Test
    void aNewProductWithAPictureAloneIsPlacedByItWithoutTraining() throws Exception {
        SampleStore store = shop();
        ContentRecommender plugin = content(store);
        Taste trained = plugin.train(store.training(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(trained, out);
        Taste model = plugin.read(new ByteArrayInputStream(out.toByteArray()));
        store.product(Map.of("id", "new", "imageUrl", "new.jpg"));
        assertEquals(List.of(), plugin.recommend(model, ContentRecommenderTest.about("new")).items(), "nothing is known of it");
        store.picture("new.jpg", drawn(2, 7_777));
        await(() -> !plugin.recommend(model, ContentRecommenderTest.about("new")).items().isEmpty());
        List<RankedItem> beside = plugin.recommend(model, ContentRecommenderTest.about("new")).items();
        long ofItsKind = beside.stream().filter(item -> Integer.parseInt(item.product().substring(1)) % KINDS == 2).count();
        assertTrue(ofItsKind >= 8, "beside the new one: " + ContentRecommenderTest.products(beside));
        assertTrue(List.of("looks-alike", "goes-with-looking-alike").contains(beside.get(0).reasons().get(0).code()),
                beside.get(0).reasons().toString());
        assertEquals(beside.get(0).score(), beside.get(0).explanation().orElseThrow().output(), 1e-12);
        List<String> forBottles = ContentRecommenderTest.products(plugin.recommend(model, ContentRecommenderTest.of(store, "c2")).items());
        assertTrue(forBottles.contains("new"), forBottles.toString());
        store.picture("new.jpg", drawn(1, 7_778));
        await(() -> !ContentRecommenderTest.products(plugin.recommend(model, ContentRecommenderTest.of(store, "c2")).items()).contains("new"));
    }

    @Test
    void picturesCountInALargeCatalogueToo() {
        SampleStore store = shop();
        for (int product = 0; product < 50_000; product++) {
            store.product(Map.of("id", "more" + product, "imageUrl", "p" + product % 48 + ".jpg"));
        }
        ContentRecommender plugin = content(store);
        Taste model = plugin.train(store.training(1));
        assertEquals(50_048, model.items().size());
        List<String> beside = ContentRecommenderTest.products(plugin.recommend(model, ContentRecommenderTest.about("more49999")).items());
        assertTrue(beside.stream().filter(product -> Integer.parseInt(product.replaceAll("\\D", "")) % 48 % KINDS == 49_999 % 48 % KINDS)
                .count() >= 8, beside.toString());
    }

    @Test
    void theLogNamesPicturesThatAreMissingAndTheModelIsTheSameWithoutThem() throws Exception {
        SampleStore store = shop();
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        content(store).write(content(store).train(store.training(3)), before);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        ContentRecommender plugin = content(store);
        plugin.train(store.training(3));
        plugin.write(plugin.train(store.training(3)), again);
        assertEquals(List.of(), differences(before.toByteArray(), again.toByteArray()), "what is remembered changes nothing");
        store.product(Map.of("id", "lost", "title", "", "imageUrl", "lost\n.jpg"));
        List<String> log = new ArrayList<>();
        Taste model = content(store).train(new Training(store.snapshot(), 3, new Logged(log)));
        assertTrue(log.contains("Pictures of 48 products were looked at."), log.toString());
        assertTrue(log.contains("1 products name a picture that was not uploaded, such as lost .jpg."), log.toString());
        assertEquals(0, Space.times(model.looks().of(model.items().indexOf("lost")), model.looks().of(0)));
    }

    private static List<Integer> differences(byte[] one, byte[] other) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (one[i] != other[i]) {
                places.add(i);
            }
        }
        if (one.length != other.length) {
            places.add(Math.min(one.length, other.length));
        }
        return places;
    }

    /** Keeps the log. */
    private record Logged(List<String> lines) implements JobContext {

        @Override
        public void progress(double fraction, String message) {
            assertTrue(fraction >= 0 && fraction <= 1, message);
        }

        @Override
        public void log(String line) {
            lines.add(line);
        }

        @Override
        public void checkCancelled() {
            assertTrue(lines.size() < 1_000, "a log that does not end");
        }
    }
}

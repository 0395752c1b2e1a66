package io.kontor.recommend.sessionknn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.choice.Items;
import io.kontor.api.data.StoreData;
import io.kontor.api.data.Entity;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LatestVisitsTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final SampleStore store = new SampleStore(Locale.ENGLISH);

    private SessionKnn plugin(int latestDeeds) {
        return plugin(store, latestDeeds);
    }

    private static SessionKnn plugin(StoreData data, int latestDeeds) {
        return new SessionKnn(new SessionKnnTest.Given(500, 1000, 30, latestDeeds), data);
    }

    private void visit(String customer, String session, int day, String... products) {
        for (int i = 0; i < products.length; i++) {
            store.event("view", customer, session, products[i], Double.NaN, TIME.plus(Duration.ofDays(day)).plusSeconds(i));
        }
    }

    /** As it is after its training, or after a restart. */
    private static Sessions loaded(SessionKnn plugin, Sessions trained) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(trained, out);
        return plugin.read(new ByteArrayInputStream(out.toByteArray()));
    }

    private static List<RankedItem> answer(SessionKnn plugin, Sessions model, String customer, String... session) {
        Set<String> seen = Set.of(session);
        return plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.ofNullable(customer), Optional.empty(),
                List.of(session), List.of(), 10, product -> !seen.contains(product))).items();
    }

    private static List<String> products(List<RankedItem> items) {
        return items.stream().map(RankedItem::product).toList();
    }

    @Test
    void recommendsWhatOthersPutTogetherAfterTheTraining() throws Exception {
        visit(null, "s", 0, "teapot", "cup");
        visit(null, "t", 0, "shoes", "socks");
        SessionKnn plugin = plugin(1000);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        assertEquals(List.of("cup"), products(answer(plugin, model, null, "teapot")));
        visit(null, "u", 1, "teapot", "socks", "brand-new");
        visit("anna", "v", 1, "teapot", "brand-new");
        assertEquals("brand-new", products(answer(plugin, model, null, "teapot")).get(0));
        assertEquals(Set.of("brand-new", "socks", "cup"), new HashSet<>(products(answer(plugin, model, null, "teapot"))));
        assertEquals(List.of("teapot", "socks"), products(answer(plugin, model, null, "brand-new")));
        assertEquals("teapot", answer(plugin, model, null, "teapot").get(0).explanation().orElseThrow().contributions().get(0).value());
        Sessions restarted = loaded(plugin(1000), model);
        assertEquals(answer(plugin, model, null, "teapot"), answer(plugin, restarted, null, "teapot"));
    }

    @Test
    void answersAsIfItHadBeenTrainedAnew() throws Exception {
        Random random = new Random(4);
        SessionKnn plugin = plugin(100_000);
        Sessions model = null;
        for (int visit = 0; visit < 400; visit++) {
            String[] products = random.ints(2 + random.nextInt(5), 0, visit < 300 ? 60 : 80).distinct().mapToObj(each -> "p" + each)
                    .toArray(String[]::new);
            visit(null, "s" + visit, visit / 10, products);
            model = visit == 250 ? loaded(plugin, plugin.train(store.training(1))) : model;
        }
        Sessions anew = plugin.train(store.training(1));
        assertTrue(model.searched().laterSessions() > 100 && anew.searched().laterSessions() == 0);
        for (int product = 0; product < 80; product++) {
            List<RankedItem> live = answer(plugin, model, null, "p" + product, "p" + (product + 7) % 80, "x");
            List<RankedItem> fresh = answer(plugin, anew, null, "p" + product, "p" + (product + 7) % 80, "x");
            assertEquals(fresh.size(), live.size());
            for (int i = 0; i < live.size(); i++) {
                assertEquals(fresh.get(i).score(), live.get(i).score(), 1e-4 * fresh.get(i).score());
            }
        }
    }

    @Test
    void countsNothingTwiceWhenANewModelServes() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn plugin = plugin(1000);
        Sessions first = loaded(plugin, plugin.train(store.training(1)));
        visit(null, "t", 1, "a", "c");
        Sessions second = loaded(plugin, plugin.train(store.training(1)));
        assertEquals(0, second.searched().laterSessions());
        visit(null, "u", 2, "a", "d");
        assertEquals(2, first.searched().laterSessions());
        assertEquals(1, second.searched().laterSessions());
        assertEquals(products(answer(plugin, first, null, "a")), products(answer(plugin, second, null, "a")));
        assertEquals(1, store.followers());
        plugin.close();
        assertEquals(0, store.followers());
        visit(null, "v", 3, "a", "e");
        assertEquals(1, second.searched().laterSessions());
    }

    @Test
    void doesNotTakeTheRunningVisitForAnother() throws Exception {
        visit(null, "s", 0, "a", "b", "c");
        SessionKnn plugin = plugin(1000);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        List<RankedItem> before = answer(plugin, model, null, "a", "b");
        visit(null, "own", 0, "a", "b");
        List<RankedItem> after = answer(plugin, model, null, "a", "b");
        assertEquals(products(before), products(after));
        assertEquals(before.get(0).explanation().orElseThrow().contributions().size(),
                after.get(0).explanation().orElseThrow().contributions().size());
        assertEquals(List.of("c"), products(answer(plugin, model, null, "a", "b")));
        visit("anna", "annas", 1, "a", "z");
        assertTrue(products(answer(plugin, model, "bo", "a")).contains("z"));
        assertTrue(!products(answer(plugin, model, "anna", "a")).contains("z"), "her own visit tells nothing of others");
    }

    @Test
    void countsAVisitThatWentOnWithWhatCameLater() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn plugin = plugin(1000);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        visit(null, "s", 0, "c");
        assertEquals(0, model.searched().laterSessions());
        visit(null, "s", 1, "d");
        assertEquals(1, model.searched().laterSessions());
        assertEquals(2, model.searched().length(0));
    }

    @Test
    void forgetsWhoIsErased() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn plugin = plugin(1000);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        visit("anna", "t", 1, "a", "c");
        visit("bo", "u", 1, "a", "d");
        store.forget("anna");
        assertEquals(Set.of("b", "d"), new HashSet<>(products(answer(plugin, model, null, "a"))));
    }

    @Test
    void beginsAnewWhenItMayBeAnybody() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn plugin = plugin(1000);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        visit("anna", "t", 1, "a", "c");
        List<RankedItem> before = answer(plugin, model, null, "a");
        store.forget("");
        assertEquals(before, answer(plugin, model, null, "a"), "what is still there was told again, and counts once");
        assertEquals(1, model.searched().laterSessions());
    }

    @Test
    void countsOrdersThatCameAfterTheTraining() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn plugin = plugin(1000);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        store.addAll(Entity.ORDERS, List.of(line("a"), line("d")));
        assertEquals(Set.of("b", "d"), new HashSet<>(products(answer(plugin, model, null, "a"))));
        assertEquals(0, loaded(plugin, plugin.train(store.training(1))).searched().laterSessions());
    }

    private static Map<String, Object> line(String product) {
        return Map.of("orderId", "o", "time", TIME.plus(Duration.ofDays(1)), "productId", product, "quantity", 1.0, "unitPrice", 1.0);
    }

    @Test
    void keepsTheLatestDeedsOnly() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn plugin = plugin(4);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        for (int visit = 0; visit < 10; visit++) {
            visit(null, "t" + visit, 1, "a", "n" + visit);
        }
        assertEquals(2, model.searched().laterSessions());
        assertEquals(Set.of("n9", "n8", "b"), new HashSet<>(products(answer(plugin, model, null, "a"))));
        SessionKnn none = plugin(0);
        assertEquals(List.of("b"), products(answer(none, loaded(none, model), null, "a")));
    }

    @Test
    void goesOnUnderOtherSettings() throws Exception {
        visit(null, "s", 0, "a", "b");
        SessionKnn before = plugin(1000);
        Sessions model = loaded(before, before.train(store.training(1)));
        visit(null, "t", 1, "a", "c");
        before.close();
        SessionKnn after = plugin(500);
        assertEquals(2, answer(after, model, null, "a").size());
        visit(null, "u", 1, "a", "d");
        assertEquals(3, answer(after, model, null, "a").size());
        assertEquals(1, store.followers());
        SessionKnn off = plugin(0);
        assertEquals(List.of("b"), products(answer(off, model, null, "a")));
        Sessions trained = after.train(store.training(1));
        visit(null, "v", 1, "a", "e");
        assertEquals(3, answer(after, trained, null, "a").size(), "a model that is only judged follows nothing");
    }

    @Test
    void staysWithinItsSizeAfterAMillionDeeds() throws Exception {
        visit(null, "s", 0, "p1", "p2");
        int capacity = 50_000;
        EventStream events = new EventStream(store);
        SessionKnn plugin = plugin(events, capacity);
        Sessions model = loaded(plugin, plugin.train(store.training(1)));
        long before = used();
        for (int batch = 0; batch < 100; batch++) {
            events.tell(10_000);
        }
        long grown = used() - before;
        assertTrue(model.searched().laterSessions() > 10_000 && model.searched().laterSessions() <= capacity / 2);
        assertTrue(model.searched().items().size() <= capacity + 2, "products that are no longer met are forgotten");
        assertTrue(grown < 12_000_000, grown + " bytes");
        plugin.close();
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void doesNotDependOnHowDeedsAreBatched() throws Exception {
        visit(null, "s", 0, "p1", "p2");
        List<List<RankedItem>> answers = new ArrayList<>();
        for (int size : new int[] {1_000, 333, 7}) {
            EventStream events = new EventStream(store);
            SessionKnn plugin = plugin(events, 500);
            Sessions model = loaded(plugin, plugin.train(store.training(1)));
            for (int told = 0; told < 2_000; told += size) {
                events.tell(Math.min(size, 2_000 - told));
            }
            answers.add(answer(plugin, model, null, "p1", "p5"));
        }
        assertTrue(answers.get(0).size() > 1);
        assertEquals(answers.get(0), answers.get(1));
        assertEquals(answers.get(0), answers.get(2));
    }

    @Test
    void countsEverythingBesideAModelOfAnotherStore() throws Exception {
        SampleStore other = new SampleStore(Locale.ENGLISH);
        for (int i = 0; i < 50; i++) {
            other.event("view", null, "v" + i / 2, "q" + i % 3, Double.NaN, TIME);
        }
        EventStream events = new EventStream(store);
        SessionKnn plugin = plugin(events, 100);
        Sessions foreign = loaded(plugin, plugin.train(other.training(1)));
        assertEquals(50, foreign.origin().position());
        events.tell(20);
        assertTrue(foreign.searched().laterSessions() > 0);
    }

    @Test
    void readsModelsOfBefore() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(1);
        out.writeInt(10);
        new Items(new String[] {"a", "b"}).write(out);
        out.writeInt(1);
        out.writeFloat(0);
        out.writeByte(2);
        for (int product = 0; product < 2; product++) {
            out.writeInt(product);
            out.writeByte(product);
        }
        SessionKnn plugin = plugin(100);
        Sessions model = plugin.read(new ByteArrayInputStream(bytes.toByteArray()));
        visit(null, "s", 0, "a", "c");
        assertEquals(Set.of("c", "b"), new HashSet<>(products(answer(plugin, model, null, "a"))));
    }
}

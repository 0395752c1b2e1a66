package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.plugin.Family;
import io.kontor.api.privacy.Purpose;
import io.kontor.platform.data.Consents;
import io.kontor.platform.data.Consents.Source;
import io.kontor.platform.data.Consents.Standing;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class ConsentTest {

    private static final Purpose PERSONAL = Purpose.PERSONALISATION;

    private static StoreConsents consents(Bench bench) {
        return new StoreConsents(bench.database, bench.stores, bench.memory);
    }

    /** Whose interactions a family's training sees, with the rows that name nobody. */
    private static List<String> seen(Bench bench, String family) {
        List<String> seen = new ArrayList<>();
        try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.of(family))) {
            snapshot.interactions(batch -> {
                for (int row = 0; row < batch.size(); row++) {
                    String customer = batch.texts("customerId")[row];
                    seen.add((customer == null ? "nobody" : bench.pseudonyms.customer("shop", customer)) + " " + batch.texts("productId")[row]);
                }
            });
        }
        return seen;
    }

    private static SnapshotInfo info(Bench bench, String family) {
        try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.of(family))) {
            snapshot.interactions(batch -> { });
            return snapshot.info();
        }
    }

    private static String state(Bench bench, String family) {
        try (TableSnapshot snapshot = bench.snapshot(KnownCustomers.Use.of(family))) {
            return snapshot.state();
        }
    }

    private static void fill(Bench bench) throws IOException {
        bench.load(Entity.CUSTOMERS, "id,country,consent", "anna,DE,personalisation marketing", "bo,DE,none", "cy,US,");
        bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "1,2026-02-01T10:00:00Z,anna,p1,2,9.5",
                "2,2026-02-02T10:00:00Z,bo,p2,2,9.5", "3,2026-02-03T10:00:00Z,cy,p3,1,9.5", "4,2026-02-04T10:00:00Z,,p4,1,9.5");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatTheRecordSaysDecidesWhoIsLearnedFrom(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            assertEquals(List.of("anna p1", "cy p3", "nobody p4"), seen(bench, Family.RECOMMEND), "left out");
            assertEquals(List.of("nobody p1", "nobody p2", "cy p3", "nobody p4"), seen(bench, Family.INVENTORY), "sales stay whole");
            assertEquals(List.of("anna p1", "bo p2", "cy p3", "nobody p4"), seen(bench, Family.RISK), "no consent needed");
            assertEquals(1, info(bench, Family.RECOMMEND).withheld());
            assertEquals(3, info(bench, Family.RECOMMEND).rows());
            assertEquals(2, info(bench, Family.PRICING).withheld());
            assertEquals(0, info(bench, Family.RISK).withheld());
            String state = state(bench, Family.RECOMMEND);
            assertNotEquals(state, state(bench, Family.PRICING));
            assertEquals(state, state(bench, Family.RECOMMEND));
            consents(bench).say("shop", "bo", Map.of(PERSONAL, false));
            assertNotEquals(state, state(bench, Family.RECOMMEND));
            assertEquals(3, new TreeSet<>(List.of(info(bench, Family.RECOMMEND).hash(), info(bench, Family.PRICING).hash(),
                    info(bench, Family.RISK).hash())).size());
            try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.of(Family.PRICING))) {
                snapshot.read(Entity.CUSTOMERS, batch -> {
                    assertEquals(1, batch.size(), "a customer without a name is none");
                    assertEquals("US", batch.texts("country")[0]);
                });
                assertEquals(2, snapshot.info().withheld());
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anEventRevokesAtOnceAndNoFileBringsConsentBack(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            StoreConsents consents = consents(bench);
            assertTrue(consents.agreed("shop", "anna", PERSONAL));
            assertTrue(consents.agreed("shop", "cy", PERSONAL), "silence");
            String before = info(bench, Family.RECOMMEND).hash();
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            assertEquals(1, events.accept("shop", List.of(Map.of("time", "2026-02-20T10:00:00Z", "type", "objection", "customerId", "anna",
                    "query", "personalisation"))).accepted());
            assertFalse(consents.agreed("shop", "anna", PERSONAL));
            assertTrue(consents.agreed("shop", "anna", Purpose.MARKETING));
            assertEquals(List.of("cy p3", "nobody p4"), seen(bench, Family.RECOMMEND));
            assertNotEquals(before, info(bench, Family.RECOMMEND).hash());
            bench.load(Entity.CUSTOMERS, "id,country,city,consent", "anna,DE,Bonn,personalisation");
            assertFalse(consents.agreed("shop", "anna", PERSONAL), "the file has an older state");
            events.accept("shop", List.of(Map.of("time", "2026-02-19T10:00:00Z", "type", "consent", "customerId", "anna")));
            assertFalse(consents.agreed("shop", "anna", PERSONAL), "said before the objection");
            assertTrue(consents.agreed("shop", "anna", Purpose.ANALYTICS), "of which nothing later is known");
            bench.load(Entity.EVENTS, "time,type,customerId,query", "2026-02-21T10:00:00Z,consent,anna,personalisation");
            assertEquals(new Standing(true, Source.SAID, Instant.parse("2026-02-21T10:00:00Z")), consents.of("shop", "anna").get(PERSONAL));
            assertEquals(List.of("anna p1", "cy p3", "nobody p4"), seen(bench, Family.RECOMMEND), "what is said is no deed");
            assertEquals(1, bench.memory.history("shop", "anna", 9).size());
            events.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void silenceMeansWhatTheStoreSaysForTheCountry(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.CUSTOMERS, "id,country", "anna,FR", "bo,");
            StoreConsents consents = consents(bench);
            assertTrue(consents.agreed("shop", "anna", PERSONAL));
            consents.optIn("shop", Map.of("DE", true));
            assertTrue(consents.agreed("shop", "anna", PERSONAL));
            assertFalse(consents.agreed("shop", "bo", PERSONAL), "lives where the store is");
            assertFalse(consents.agreed("shop", "unknown", PERSONAL));
            consents.optIn("shop", Map.of(Consents.ELSEWHERE, true, "DE", false));
            assertFalse(consents.agreed("shop", "anna", PERSONAL));
            assertTrue(consents.agreed("shop", "bo", PERSONAL));
            consents.say("shop", "anna", Map.of(PERSONAL, true));
            assertTrue(consents.agreed("shop", "anna", PERSONAL));
            assertEquals(Source.DEFAULT, consents.of("shop", "anna").get(Purpose.ANALYTICS).source());
            assertEquals(Map.of("", true, "DE", false), consents.optIn("shop"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatCannotBeUnderstoodIsPutAsideAndWhatWasSaidIsGivenOutAndErased(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            Map<String, Object> result = bench.load(Entity.CUSTOMERS, "id,consent", "anna,personalization", "bo,\"marketing, analytics\"");
            assertTrue(result.get("issues").toString().contains("consent must name some of personalisation, analytics, marketing, or none"),
                    result.toString());
            assertEquals(1L, bench.load(Entity.EVENTS, "time,type,customerId", "2026-02-21T10:00:00Z,objection,").get("quarantined"));
            StoreConsents consents = consents(bench);
            assertEquals(new Standing(true, Source.RECORD, null), consents.of("shop", "bo").get(Purpose.ANALYTICS));
            consents.say("shop", "bo", Map.of(PERSONAL, true));
            PersonalRecords persons = new PersonalRecords(bench.database, bench.jobs, bench.intake, List.of(consents), bench.plugins,
                    bench.pseudonyms);
            Map<String, List<Map<String, Object>>> records = persons.export("shop", "bo").records();
            assertEquals("analytics marketing", records.get("customers").get(0).get("consent"));
            assertEquals("personalisation", records.get("consent").get(0).get("purpose"));
            String job = persons.erase("shop", "bo", Starter.SYSTEM);
            assertEquals(Map.of("customers", 1, "consent", 1), new ErasureJob(bench.database, bench.memory, bench.intake, List.of(consents),
                    bench.plugins, bench.pseudonyms).run(job, bench.jobs.requests.get(job), new Bench.Uneventful()));
            assertEquals(Source.DEFAULT, consents.of("shop", "bo").get(PERSONAL).source());
        }
    }
}

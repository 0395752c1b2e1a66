package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class PersonalRecordsTest {

    private static void fill(Bench bench) throws IOException {
        bench.load(Entity.CUSTOMERS, "id,city,attr.tier", "anna,Berlin,gold", "bo,Wien,");
        bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "1,2026-02-01T10:00:00Z,anna,p1,2,9.5",
                "2,2026-02-02T10:00:00Z,bo,p1,2,9.5", "3,2026-02-03T10:00:00Z,anna,p1,none,9.5");
        bench.load(Entity.REVIEWS, "id,time,customerId,text", "r1,2026-02-01T10:00:00Z,anna,good");
    }

    private static PersonalRecords records(Bench bench) {
        return new PersonalRecords(bench.database, bench.jobs, bench.intake, List.of(), bench.plugins, bench.pseudonyms);
    }

    private static ErasureJob erasure(Bench bench) {
        return new ErasureJob(bench.database, bench.memory, bench.intake, List.of(), bench.plugins, bench.pseudonyms);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void erasesOnePersonEverywhere(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            assertEquals(1, bench.memory.history("shop", "anna", 5).size());
            PersonalRecords persons = records(bench);
            String job = persons.erase("shop", "anna", Starter.SYSTEM);
            assertEquals(job, persons.erase("shop", "anna", Starter.SYSTEM), "asked again while open, the same job");
            assertFalse(bench.jobs.requests.get(job).toString().contains("anna"));
            assertEquals(Map.of("customers", 1, "orders", 2, "reviews", 1),
                    erasure(bench).run(job, bench.jobs.requests.get(job), new Bench.Uneventful()));
            assertTrue(persons.export("shop", "anna").records().isEmpty());
            assertTrue(bench.memory.history("shop", "anna", 5).isEmpty());
            assertEquals(1, bench.extent(Entity.ORDERS).rows());
            assertEquals(0, bench.extent(Entity.ORDERS).quarantined());
            assertEquals("2026-02-02T10:00:00Z", bench.extent(Entity.ORDERS).from().toString());
            assertEquals(1, persons.export("shop", "bo").records().get("orders").size());
            bench.jobs.states.put(job, Job.State.SUCCEEDED);
            String next = persons.erase("shop", "anna", Starter.SYSTEM);
            assertEquals(Map.of(),
                    erasure(bench).run(next, bench.jobs.requests.get(next), new Bench.Uneventful()));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesOnePersonsRecordsOut(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            Map<String, List<Map<String, Object>>> all = records(bench).export("shop", "anna").records();
            assertEquals(List.of("customers", "orders", "reviews"), List.copyOf(all.keySet()));
            assertEquals(Map.of("id", "anna", "city", "Berlin", "attr.tier", "gold"), all.get("customers").get(0));
            assertEquals(Map.of("orderId", "1", "time", "2026-02-01T10:00:00Z", "customerId", "anna", "productId", "p1", "quantity", 2.0,
                    "unitPrice", 9.5), all.get("orders").get(0));
        }
    }

    /** Something else that is about persons. */
    private record Notes(List<String> persons) implements PersonalData {

        @Override
        public int erase(Connection connection, String store, String customer) {
            return persons.remove(customer) ? 1 : 0;
        }

        @Override
        public List<Map<String, Object>> export(Connection connection, String store, String customer) {
            return persons.contains(customer) ? List.of(Map.of("note", "likes blue")) : List.of();
        }

        @Override
        public String name() {
            return "notes";
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesOutAndErasesWhatIsKnownOutsideTheRecords(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            Notes notes = new Notes(new ArrayList<>(List.of("anna", "bo")));
            PersonalRecords persons = new PersonalRecords(bench.database, bench.jobs, bench.intake, List.of(notes), bench.plugins,
                    bench.pseudonyms);
            assertEquals(Map.of("notes", List.of(Map.of("note", "likes blue"))), persons.export("shop", "anna").records());
            String job = persons.erase("shop", "anna", Starter.SYSTEM);
            assertEquals(Map.of("notes", 1), new ErasureJob(bench.database, bench.memory, bench.intake, List.of(notes), bench.plugins,
                    bench.pseudonyms).run(job, bench.jobs.requests.get(job), new Bench.Uneventful()));
            assertEquals(Map.of(), persons.export("shop", "anna").records());
            assertEquals(List.of("bo"), notes.persons);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aTransactionOnItsWayIntoItsTableIsGivenOutAndErasedToo(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            DirectRecords writer = new DirectRecords(bench.database, bench.stores, bench.memory, Bench.NOW);
            GroupedTransactions transactions = new GroupedTransactions(bench.database, bench.stores, bench.memory, writer, bench.intake,
                    Bench.NOW);
            for (String id : List.of("t1", "t2")) {
                transactions.awaitStored(transactions.take("shop", Map.of("id", id, "time", "2026-02-01T10:00:00Z", "amount", 5,
                        "customerId", "anna")));
                assertEquals(id, records(bench).export("shop", "anna").records().get("transactions").get(0).get("id"));
                String job = records(bench).erase("shop", "anna", Starter.SYSTEM);
                assertEquals(Map.of("transactions", 1), erasure(bench).run(job, bench.jobs.requests.get(job), new Bench.Uneventful()));
                bench.jobs.states.put(job, Job.State.SUCCEEDED);
                assertEquals(Map.of(), records(bench).export("shop", "anna").records());
            }
            transactions.close();
        }
    }
}

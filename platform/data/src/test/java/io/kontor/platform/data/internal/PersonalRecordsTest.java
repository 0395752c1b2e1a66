package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
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

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void erasesOnePersonEverywhere(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            assertEquals(1, bench.memory.history("shop", "anna", 5).size());
            PersonalRecords persons = new PersonalRecords(bench.database, bench.jobs);
            String job = persons.erase("shop", "anna", Starter.SYSTEM);
            assertEquals(job, persons.erase("shop", "anna", Starter.SYSTEM), "asked again while open, the same job");
            assertFalse(bench.jobs.requests.get(job).toString().contains("anna"));
            assertEquals(Map.of("customers", 1, "orders", 2, "reviews", 1),
                    new ErasureJob(bench.database, bench.memory, List.of()).run(job, bench.jobs.requests.get(job), new Bench.Uneventful()));
            assertTrue(persons.export("shop", "anna").isEmpty());
            assertTrue(bench.memory.history("shop", "anna", 5).isEmpty());
            assertEquals(1, bench.extent(Entity.ORDERS).rows());
            assertEquals(0, bench.extent(Entity.ORDERS).quarantined());
            assertEquals("2026-02-02T10:00:00Z", bench.extent(Entity.ORDERS).from().toString());
            assertEquals(1, persons.export("shop", "bo").get("orders").size());
            bench.jobs.states.put(job, Job.State.SUCCEEDED);
            String next = persons.erase("shop", "anna", Starter.SYSTEM);
            assertEquals(Map.of(),
                    new ErasureJob(bench.database, bench.memory, List.of()).run(next, bench.jobs.requests.get(next), new Bench.Uneventful()));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesOnePersonsRecordsOut(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            Map<String, List<Map<String, Object>>> all = new PersonalRecords(bench.database, bench.jobs).export("shop", "anna");
            assertEquals(List.of("customers", "orders", "reviews"), List.copyOf(all.keySet()));
            assertEquals(Map.of("id", "anna", "city", "Berlin", "attr.tier", "gold"), all.get("customers").get(0));
            assertEquals(Map.of("orderId", "1", "time", "2026-02-01T10:00:00Z", "customerId", "anna", "productId", "p1", "quantity", 2.0,
                    "unitPrice", 9.5), all.get("orders").get(0));
        }
    }
}

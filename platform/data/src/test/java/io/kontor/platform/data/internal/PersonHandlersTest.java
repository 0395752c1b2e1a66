package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.privacy.PersonalDataHandler;
import io.kontor.api.privacy.Person;
import io.kontor.platform.data.Customers;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

class PersonHandlersTest {

    private static final Person ANNA = new Person("anna", "x");

    /** Keeps notes; fails or hangs when it is told to. */
    private static final class Notes implements PersonalDataHandler {

        private final List<Person> erased = new ArrayList<>();
        private final CountDownLatch released = new CountDownLatch(1);
        private boolean broken;
        private boolean hanging;

        @Override
        public long erase(Person person) throws IOException, InterruptedException {
            work();
            erased.add(person);
            return 2;
        }

        @Override
        public List<Map<String, Object>> export(Person person) throws IOException, InterruptedException {
            work();
            return List.of(Map.of("note", "likes blue"));
        }

        private void work() throws IOException {
            if (broken) {
                throw new IOException("no disk for " + ANNA.customer());
            }
            while (hanging) {
                try {
                    released.await();
                    return;
                } catch (InterruptedException ignored) {
                    // What hangs does not listen.
                }
            }
        }
    }

    private static void add(PersonHandlers plugins, String store, String plugin, PersonalDataHandler handler) {
        ServiceReference<?> reference = (ServiceReference<?>) Proxy.newProxyInstance(PersonHandlersTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> plugin.hashCode();
                    case "equals" -> proxy == arguments[0];
                    default -> 0;
                });
        plugins.bindHandler(new ComponentServiceObjects<>() {
            @Override
            public PersonalDataHandler getService() {
                return handler;
            }

            @Override
            public void ungetService(PersonalDataHandler service) {
                assertEquals(handler, service);
            }

            @Override
            @SuppressWarnings("unchecked")
            public ServiceReference<PersonalDataHandler> getServiceReference() {
                return (ServiceReference<PersonalDataHandler>) reference;
            }
        }, Map.of("kontor.store", store, "component.name", plugin));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatThrowsOrHangsKeepsNobodyElseFromErasing(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            Notes good = new Notes();
            Notes broken = new Notes();
            broken.broken = true;
            Notes hanging = new Notes();
            hanging.hanging = true;
            Notes elsewhere = new Notes();
            add(bench.plugins, "shop", "good", good);
            add(bench.plugins, "shop", "broken", broken);
            add(bench.plugins, "shop", "hanging", hanging);
            add(bench.plugins, "other", "elsewhere", elsewhere);
            PersonalRecords persons = new PersonalRecords(bench.database, bench.jobs, bench.intake, List.of(), bench.plugins,
                    bench.pseudonyms);
            ErasureJob erasure = new ErasureJob(bench.database, bench.memory, bench.intake, List.of(), bench.plugins, bench.pseudonyms);
            String job = persons.erase("shop", "anna", Starter.SYSTEM);
            String told = erasure.run(job, bench.jobs.requests.get(job), new Bench.Uneventful()).get("plugins").toString();
            assertTrue(told.contains("{plugin=good, state=erased, attempts=1, erased=2}"), told);
            assertTrue(told.contains("{plugin=broken, state=waiting, attempts=1, reason=broken failed with IOException}"), told);
            assertTrue(told.contains("{plugin=hanging, state=waiting, attempts=1, reason=hanging did not answer within 2000 ms}"), told);
            assertEquals(List.of(new Person("anna", bench.pseudonyms.of("shop", "anna"))), good.erased);
            assertEquals(List.of(), elsewhere.erased);
            assertEquals("hanging has not come back from an earlier call", bench.plugins.export("shop", ANNA).get("hanging").failure());
            hanging.released.countDown();
            while (bench.plugins.export("shop", ANNA).get("hanging").value() == null) {
                Thread.onSpinWait();
            }
            Customers.Copy copy = persons.export("shop", "anna");
            assertEquals(List.of(Map.of("note", "likes blue")), copy.records().get("good"));
            assertEquals(List.of(new Customers.Missing("broken", "broken failed with IOException")), copy.missing());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void thePersonIsKnownUntilTheLastPluginHasErased(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            Notes broken = new Notes();
            broken.broken = true;
            add(bench.plugins, "shop", "broken", broken);
            PersonalRecords persons = new PersonalRecords(bench.database, bench.jobs, bench.intake, List.of(), bench.plugins,
                    bench.pseudonyms);
            ErasureJob erasure = new ErasureJob(bench.database, bench.memory, bench.intake, List.of(), bench.plugins, bench.pseudonyms);
            String job = persons.erase("shop", "anna", Starter.SYSTEM);
            erasure.run(job, bench.jobs.requests.get(job), new Bench.Uneventful());
            OpenErasures open = new OpenErasures(bench.database);
            List<OpenErasures.Part> parts = open.take(System.currentTimeMillis() + 6_000);
            assertEquals("anna", parts.get(0).erasure().customer());
            assertEquals(2, parts.get(0).attempts());
            assertEquals(List.of(), open.take(System.currentTimeMillis() + 6_000), "another node leaves it alone");
            open.done(parts.get(0));
            assertEquals(0, (int) bench.database.jdbc(connection -> {
                try (var row = connection.createStatement().executeQuery("select count(*) from erasure")) {
                    row.next();
                    return row.getInt(1);
                }
            }));
        }
    }
}

package io.kontor.platform.stores.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.job.JobContext;
import io.kontor.api.job.ScheduledTask;
import io.kontor.api.recommend.Recommender;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.ActivationListener;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.testkit.framework.ComponentFramework;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.BundleForge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin whose bundle has another component made from the same configuration: both are the store's, and only one is the plugin. */
class PartsTest {

    private static final String CLERK = "com.acme.clerk";

    private static final String CLERK_SOURCE = """
        package com.acme;

        import io.kontor.api.data.StoreData;
        import io.kontor.api.job.*;
        import io.kontor.api.plugin.Plugin;
        import io.kontor.api.recommend.*;
        import java.util.List;
        import java.util.Map;
        import org.osgi.service.component.annotations.*;

        @Plugin(family = "recommend")
        @Task(id = "count", title = "Count", cron = "H 4 * * *", enabled = false)
        @Component(name = "com.acme.clerk", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Clerk implements Recommender, ScheduledTask {

            @Reference
            private StoreData data;

            @Override
            public Ranking recommend(RecommendationRequest request) {
                return new Ranking(List.of(new RankedItem("clerk of " + data.store().id(), 1, List.of())));
            }

            @Override
            public Map<String, Object> run(JobContext context) {
                return Map.of("counted", data.store().id());
            }
        }
        """;

    private static final String SWEEPER_SOURCE = """
        package com.acme;

        import io.kontor.api.data.StoreData;
        import io.kontor.api.job.*;
        import java.util.Map;
        import org.osgi.service.component.annotations.*;

        @Task(id = "sweep", title = "Sweep", cron = "0 6 * * 1")
        @Component(configurationPid = "com.acme.clerk", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Sweeper implements ScheduledTask {

            @Reference
            private StoreData floor;

            @Override
            public Map<String, Object> run(JobContext context) {
                return Map.of("swept", floor.store().id());
            }
        }
        """;

    @TempDir
    private Path folder;
    private Databases.Opened database;
    private Kernel kernel;

    @BeforeEach
    void start() throws Exception {
        database = Kernel.open(FreshDatabase.h2(folder));
        kernel = new Kernel(folder, database);
        kernel.deploy(BundleForge.bundle(CLERK, "1.0.0", Map.of("com.acme.Clerk", CLERK_SOURCE, "com.acme.Sweeper", SWEEPER_SOURCE),
                Map.of()));
        for (String store : List.of("a", "b")) {
            kernel.stores.create(Kernel.store(store));
            assertEquals(Activation.State.ACTIVE, kernel.activations.enable(store, CLERK, Map.of(), null).state());
        }
    }

    @AfterEach
    void stop() throws Exception {
        kernel.close();
        database.close();
    }

    @Test
    void everyPartIsBoundToItsOwnStore() throws Exception {
        ComponentFramework.await("both parts are there", () -> tasks("b").size() == 2);
        assertEquals(Map.of("swept", "b"), run("b", "sweep"));
        assertEquals(Map.of("counted", "b"), run("b", "count"));
        ComponentFramework.await("both parts are there", () -> tasks("a").size() == 2);
        assertEquals(Map.of("swept", "a"), run("a", "sweep"));
    }

    @Test
    void onlyThePluginItselfAnswersForIt() {
        assertEquals("clerk of a", kernel.ask("a", CLERK));
        assertEquals(1, kernel.index.instances("a", "recommend").size());
        try (Activations.Trial trial = kernel.activations.trial("a", CLERK, Map.of())) {
            assertTrue(trial.service() instanceof Recommender);
            assertEquals("clerk of a", kernel.ask("a", CLERK));
        }
    }

    @Test
    void whoWorksLongWithAPartIsToldWhenItLeavesAndListenersHearOfIt() throws Exception {
        List<String> heard = new ArrayList<>();
        kernel.activations.addListener(new ActivationListener() {

            @Override
            public void enabled(Activations.Choice choice) {
                heard.add("enabled " + choice.store() + " " + choice.version());
            }

            @Override
            public void disabled(String store, String plugin) {
                heard.add("disabled " + store);
            }
        });
        ComponentFramework.await("both parts are there", () -> tasks("a").size() == 2);
        AtomicInteger told = new AtomicInteger();
        PluginInstance sweeper = task("a", "sweep");
        sweeper.lease(told::incrementAndGet).orElseThrow().close();
        try (PluginInstance.Lease lease = sweeper.lease(told::incrementAndGet).orElseThrow()) {
            kernel.activations.disable("a", CLERK);
            ComponentFramework.await("who holds the part is told", () -> told.get() == 1);
            assertTrue(lease.service() instanceof ScheduledTask);
        }
        assertEquals(1, told.get(), "the closed lease hears nothing");
        assertFalse(sweeper.lease().isPresent());
        ComponentFramework.await("no part is left", () -> tasks("a").isEmpty());
        assertEquals(2, tasks("b").size());
        kernel.activations.enable("a", CLERK, Map.of(), null);
        assertEquals(List.of("disabled a", "enabled a 1.0.0"), heard);
        assertEquals(2, kernel.activations.choices().size());
    }

    private List<PluginInstance> tasks(String store) {
        return kernel.index.parts(store, CLERK, ScheduledTask.class);
    }

    private PluginInstance task(String store, String id) {
        return tasks(store).stream().filter(part -> id.equals(part.property("kontor.task.id"))).findFirst().orElseThrow();
    }

    private Map<String, Object> run(String store, String id) throws Exception {
        try (PluginInstance.Lease lease = task(store, id).lease().orElseThrow()) {
            return ((ScheduledTask) lease.service()).run(new JobContext() {

                @Override
                public void progress(double fraction, String message) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void log(String line) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void checkCancelled() {
                    throw new UnsupportedOperationException();
                }
            });
        }
    }
}

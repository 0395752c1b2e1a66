package io.kontor.platform.plugins.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleDeployer.Origin;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.testkit.server.BundleForge;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tasks the catalogue finds in a bundle, and which are refused with it. */
class TasksOfPluginsTest {

    private static final String PLUGIN = """
        package com.acme;

        import io.kontor.api.inventory.*;
        import io.kontor.api.decision.Proposal;
        import io.kontor.api.plugin.Plugin;
        import java.util.Optional;
        import org.osgi.service.component.annotations.*;

        @Plugin(family = "inventory", planAt = "H 6 * * *")
        @Component(name = "com.acme.orders", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Orders implements ReplenishmentPolicy {

            @Override
            public Optional<Proposal> propose(ReplenishmentRequest request) {
                return Optional.empty();
            }
        }
        """;

    private static final String TASK = """
        package com.acme;

        import io.kontor.api.job.*;
        import java.util.Map;
        import org.osgi.service.component.annotations.*;

        @Task(id = "%ID%", title = "%tidy", cron = "H 4 * * *", enabled = false)
        @Component(configurationPid = "%PID%", configurationPolicy = ConfigurationPolicy.%POLICY%)
        public class Tidy implements ScheduledTask {

            @Override
            public Map<String, Object> run(JobContext context) {
                return Map.of();
            }
        }
        """;

    @TempDir
    private Path folder;
    private Databases.Opened database;
    private Container container;
    private HotDeployer deployer;

    @BeforeEach
    void start() throws Exception {
        database = Container.database(folder);
        container = new Container(folder);
        deployer = container.deployer(database);
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
        database.close();
    }

    private void deploy(String id, String pid, String policy) throws Exception {
        deployer.deploy(new ByteArrayInputStream(BundleForge.bundle("com.acme.orders", "1.0.0", Map.of("com.acme.Orders", PLUGIN,
            "com.acme.Tidy", TASK.replace("%ID%", id).replace("%PID%", pid).replace("%POLICY%", policy)),
            Map.of("-includeresource.l10n", "OSGI-INF/l10n/bundle.properties;literal='tidy=Tidy up',"
                + "OSGI-INF/l10n/bundle_fr.properties;literal='tidy=Ranger'"))), Origin.API);
    }

    @Test
    void tellsWhatThePlatformDoesForThePluginAndWhatItBringsItself() throws Exception {
        deploy("tidy", "com.acme.orders", "REQUIRE");
        assertEquals(List.of(new PluginTask("plan", "Propose orders", "H 6 * * *", true, "replenishment-plan"),
            new PluginTask("tidy", "Tidy up", "H 4 * * *", false, "task")),
            container.catalogue.find("com.acme.orders", null, Locale.ENGLISH).orElseThrow().tasks());
        assertEquals(List.of("Propose orders", "Ranger"), titles(Locale.CANADA_FRENCH), "each in the language that it has");
        assertEquals(List.of("提出订货建议", "Tidy up"), titles(Locale.SIMPLIFIED_CHINESE));
    }

    private List<String> titles(Locale locale) {
        return container.catalogue.find("com.acme.orders", null, locale).orElseThrow().tasks().stream().map(PluginTask::title).toList();
    }

    @Test
    void refusesATaskThatBelongsToNoPluginOrTakesTheNameOfThePlatforms() {
        assertRefused("must have the id of a plugin of this bundle as configurationPid", "tidy", "com.acme.other", "REQUIRE");
        assertRefused("configurationPolicy = REQUIRE", "tidy", "com.acme.orders", "OPTIONAL");
        assertRefused("none of train, monitor, plan and read", "plan", "com.acme.orders", "REQUIRE");
        assertRefused("a to z, 0 to 9 or hyphen", "Tidy up", "com.acme.orders", "REQUIRE");
        assertEquals(List.of(), container.catalogue.plugins(Locale.ENGLISH));
    }

    private void assertRefused(String reason, String id, String pid, String policy) {
        String message = assertThrows(BundleRefusedException.class, () -> deploy(id, pid, policy)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}

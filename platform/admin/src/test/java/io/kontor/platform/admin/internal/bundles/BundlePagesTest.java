package io.kontor.platform.admin.internal.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundlePlan;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** Bundles are planned first, then deployed or removed; refusals are said in words. */
class BundlePagesTest {

    private static final Version ONE = new Version(1, 0, 0);
    private static final Version TWO = new Version(2, 0, 0);
    private static final String REMOVE = "/bundles/{name}/{version}/remove";

    private BundleRefusedException refusal;
    private final List<String> removed = new ArrayList<>();
    private final BundlePages pages = new BundlePages(
            Stub.of(BundleDeployer.class, Map.of("bundles", any -> List.of(info("io.kontor.shipped", "shipped", "ACTIVE"),
                    info("com.acme.taste", "API", "REFUSED: The jar holds the entry x twice.")),
                    "plan", any -> plan("install", TWO, Map.of("com.acme.newTaste", "A new taste"), List.of(ONE)),
                    "deploy", any -> info("com.acme.taste", "API", "ACTIVE"),
                    "planRemoval", any -> plan("uninstall", ONE, Map.of(), List.of()), "undeploy", any -> {
                        if (refusal != null) {
                            throw refusal;
                        }
                        return removed.add(any[0] + " " + any[1]) ? null : null;
                    })),
            Stub.of(PluginCatalogue.class, Map.of("find", any -> Optional.empty())),
            Stub.of(Activations.class, Map.of("using", any -> any[1].equals(ONE) ? List.of(new Activation("shop", "com.acme.newTaste", ONE,
                    Optional.empty(), Activation.State.ACTIVE, "", Map.of())) : List.of())));

    private static BundleInfo info(String name, String origin, String state) {
        return new BundleInfo(name, ONE, state, origin, "", Instant.EPOCH, List.of("com.acme.newTaste"));
    }

    private static BundlePlan plan(String action, Version version, Map<String, String> titles, List<Version> others) {
        return new BundlePlan(action, "com.acme.taste", version, List.of("com.acme.newTaste"), titles, others, List.of());
    }

    @Test
    void listsWhatCanBeRemovedFirstAndSaysHowItDoes() throws IOException {
        BundlesView view = Called.view(Called.page(pages, Role.VIEWER, "GET", "/bundles", Map.of(), "deployed", "com.acme.taste/1.0.0"), 200,
                BundlesView.class);
        assertEquals(List.of(true, false), view.rows().stream().map(BundlesView.Row::removable).toList());
        assertEquals("com.acme.taste", view.deployed().info().symbolicName());
        assertEquals(1, view.rows().get(0).stores());
        assertEquals("Refused: The jar holds the entry x twice.", view.rows().get(0).state(Visits.of(Role.VIEWER)));
        assertEquals("Running", view.rows().get(1).state(Visits.of(Role.VIEWER)));
    }

    @Test
    void aPlanNamesPluginsByTheTitlesOfTheJarAndTellsWhatMoves() throws IOException {
        ChangeView view = Called.view(Called.page(pages, Role.ADMIN, "POST", "/bundles/plan", Map.of()), 200, ChangeView.class);
        assertEquals("A new taste", view.plugins().get(0).title());
        assertEquals(1, view.of(ChangeView.Kind.MOVES).size());
        assertEquals("1.0.0 2.0.0", view.of(ChangeView.Kind.MOVES).get(0).from() + " " + view.of(ChangeView.Kind.MOVES).get(0).to());
        assertEquals(new Answer.Redirect("/bundles?deployed=com.acme.taste/1.0.0"),
                Called.page(pages, Role.ADMIN, "POST", "/bundles", Map.of()));
    }

    @Test
    void aRemovalTellsWhatStopsAndIsRefusedInWords() throws IOException {
        Map<String, String> path = Map.of("name", "com.acme.taste", "version", "1.0.0");
        assertEquals(1, Called.view(Called.page(pages, Role.ADMIN, "GET", REMOVE, path), 200, ChangeView.class)
                .of(ChangeView.Kind.STOPS).size());
        assertEquals(new Answer.Redirect("/bundles?removed=com.acme.taste%201.0.0"), Called.page(pages, Role.ADMIN, "POST", REMOVE, path));
        assertEquals(List.of("com.acme.taste 1.0.0"), removed);
        refusal = new BundleRefusedException(BundleRefusedException.Kind.CONFLICT, "The bundle is shipped.");
        assertEquals(409, assertThrows(Refusal.class, () -> Called.page(pages, Role.ADMIN, "POST", REMOVE, path)).status());
        refusal = new BundleRefusedException(BundleRefusedException.Kind.NOT_FOUND, "There is no deployed bundle.");
        assertEquals(404, assertThrows(Refusal.class, () -> Called.page(pages, Role.ADMIN, "POST", REMOVE, path)).status());
        assertEquals(404, assertThrows(Refusal.class, () -> Called.page(pages, Role.ADMIN, "POST", REMOVE,
                Map.of("name", "x", "version", "one"))).status());
    }
}

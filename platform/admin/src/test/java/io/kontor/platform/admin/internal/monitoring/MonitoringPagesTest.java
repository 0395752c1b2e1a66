package io.kontor.platform.admin.internal.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.monitoring.MonitoringPolicy;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** What monitoring found, on the pages. */
class MonitoringPagesTest {

    private static final String PLUGIN = "com.acme.taste";
    private static final String ONE = "/stores/{store}/monitoring/{plugin}";
    private static final Map<String, String> PATH = Map.of("plugin", PLUGIN);
    private static final Map<String, Double> FIGURES = Map.of("psi", 1.5, "ks", 0.4, "missingBefore", 0.0, "missingNow", 0.5, "rows", 600.0);

    private final List<Object> done = new ArrayList<>();
    private final Problem open = new Problem(7, "shop", PLUGIN, "m1", 3, Kind.INPUT, "products.price", FIGURES, Problem.State.OPEN,
            Instant.EPOCH, Instant.EPOCH, null, null, null, null);
    private final Problem closed = new Problem(6, "shop", PLUGIN, "m1", 3, Kind.QUALITY, "ndcg@10", Map.of("then", 0.5, "now", 0.2, "cases",
            90.0), Problem.State.CLOSED, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Problem.Cause.NEW_MODEL, "anna", "A sale.");
    private final ColumnProfile price = new ColumnProfile("price", ColumnProfile.Kind.NUMBER, new double[] {10, 20, 30}, List.of(),
            new double[] {100, 100, 100, 100, 0}, 0);
    private final ColumnProfile brand = new ColumnProfile("brand", ColumnProfile.Kind.CATEGORY, new double[0], List.of("Acme", "given"),
            new double[] {300, 100, 0, 0}, 0);
    private final Look look = new Look(Instant.EPOCH, "m1", 3, List.of(
            new Finding(Kind.INPUT, "products.price", State.PROBLEM, FIGURES, price, new double[] {0, 0, 0, 300, 300}),
            new Finding(Kind.INPUT, "products.brand", State.WELL, Map.of("psi", 0.01), brand, new double[] {310, 90, 0, 0}),
            new Finding(Kind.OUTCOME, "outcomes", State.TOO_LITTLE, Map.of(), null, null)));
    private final MonitoringPages pages = new MonitoringPages(
            Stub.of(Monitoring.class, Map.of("looks", any -> List.of(look, look.figuresOnly()),
                    "problems", any -> Boolean.TRUE.equals(any[2]) ? List.of(closed) : List.of(open),
                    "policy", any -> {
                        if (any.length > 2) {
                            done.add(any[2]);
                        }
                        return MonitoringPolicy.DEFAULT;
                    }, "look", any -> "j1", "acknowledge", any -> {
                        done.add(any[1] + " " + any[3]);
                        return any[1].equals(7L) ? Optional.of(open) : Optional.empty();
                    })),
            Stub.of(ModelRegistry.class, Map.of("list", any -> List.of(), "release", any -> new Release(
                    Optional.of(new Release.Bearer("m1", 3, "s")), null, Optional.empty(), null, Optional.empty(), Optional.empty(),
                    ReleasePolicy.DEFAULT))),
            Stub.of(Activations.class, Map.of("list", any -> List.of(activation()), "find", any -> Optional.of(activation())
                    .filter(one -> one.plugin().equals(any[1])))),
            new Names(null, Stub.of(PluginCatalogue.class, Map.of("find", any -> Optional.empty()))));

    private static Activation activation() {
        return new Activation("shop", PLUGIN, new Version("1.0.0"), Optional.empty(), Activation.State.ACTIVE, "", Map.of());
    }

    private PluginView view(Role role) throws IOException {
        return Called.view(Called.page(pages, role, "GET", ONE, PATH), 200, PluginView.class);
    }

    @Test
    void listsProblemsInWordsAndHowEachModelStands() throws IOException {
        MonitoringView view = Called.view(Called.page(pages, Role.VIEWER, "GET", "/stores/{store}/monitoring", Map.of()), 200,
                MonitoringView.class);
        assertEquals("Products: price", view.problems().get(0).what());
        assertEquals("stability index 1.5, greatest distance 0.4, 50% missing, before 0%, 600 rows", view.problems().get(0).detail());
        assertEquals("", view.problems().get(0).acknowledge(), "a viewer changes nothing");
        assertEquals("Another model serves", view.closed().get(0).state());
        assertEquals("anna: A sale.", view.closed().get(0).note());
        assertEquals("1 of 2 have changed", view.plugins().get(0).verdict());
    }

    @Test
    void picturesWhatChangedBesideTheTraining() throws IOException {
        PluginView view = view(Role.ANALYST);
        Chart changed = view.changed().get(0);
        assertEquals(List.of("to 10", "to 20", "to 30", "above 30", "missing"), changed.labels());
        assertEquals("[25.0, 25.0, 25.0, 25.0, 0.0]", Arrays.toString(changed.series().get(0).values()));
        assertEquals("[0.0, 0.0, 0.0, 50.0, 50.0]", Arrays.toString(changed.series().get(1).values()));
        assertEquals(List.of("Acme", "given"), view.others().get(0).labels(), "empty bins take no place");
        assertEquals(3, view.timeline().series().size());
        assertEquals(1, view.timeline().x().length, "two looks of one day are one");
        assertThrows(Refusal.class, () -> Called.page(pages, Role.VIEWER, "GET", ONE, Map.of("plugin", "com.acme.none")));
    }

    @Test
    void somebodySaysThatTheyKnowAndHasItLookedAt() throws IOException {
        assertEquals(new Answer.Redirect("/stores/shop/monitoring"), Called.page(pages, Role.ANALYST, "POST",
                "/stores/{store}/monitoring/problems/{problem}", Map.of("problem", "7"), "note", "A sale."));
        assertEquals(List.of("7 A sale."), done);
        assertThrows(Refusal.class, () -> Called.page(pages, Role.ANALYST, "POST", "/stores/{store}/monitoring/problems/{problem}",
                Map.of("problem", "8")));
        assertThrows(Refusal.class, () -> Called.page(pages, Role.ANALYST, "POST", "/stores/{store}/monitoring/problems/{problem}",
                Map.of("problem", "x")));
        assertEquals(new Answer.Redirect("/stores/shop/jobs/j1"), Called.page(pages, Role.ANALYST, "POST", ONE + "/look", PATH));
    }

    @Test
    void aPolicyIsSavedOrItsFaultsStandAtTheirFields() throws IOException {
        String[] fields = {"index", "0.2", "significance", "0.05", "outcomePercent", "40", "qualityPercent", "10", "coolDownHours", "24",
            "retrain", "true"};
        Called.page(pages, Role.OPERATOR, "POST", ONE, PATH, fields);
        assertEquals(List.of(new MonitoringPolicy(0.2, 0.05, 40, 10, true, 24)), done);
        fields[1] = "much";
        fields[9] = "1.5";
        PluginView again = Called.view(Called.page(pages, Role.OPERATOR, "POST", ONE, PATH, fields), 422, PluginView.class);
        assertEquals(Set.of("index", "coolDownHours"), again.form().faults().keySet());
        assertEquals("much", again.form().values().get("index"));
    }
}

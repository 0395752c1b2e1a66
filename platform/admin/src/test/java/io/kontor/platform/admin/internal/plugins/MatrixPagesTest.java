package io.kontor.platform.admin.internal.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.KontorException;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** Stores and plugins side by side, and what a click does. */
class MatrixPagesTest {

    private static final Version ONE = new Version(1, 0, 0);
    private static final String SWITCH = "/stores/{store}/plugins/{id}/switch";

    private final List<PluginDescriptor> plugins = List.of(plugin("com.acme.popular", "Popular", true),
            plugin("com.acme.taste", "Taste", false));
    private final Map<String, Activation> enabled = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private boolean broken;
    private final MatrixPages pages = new MatrixPages(
            Stub.of(PluginCatalogue.class, Map.of("plugins", given -> plugins,
                    "find", given -> plugins.stream().filter(each -> each.id().equals(given[0])).findFirst())),
            Stub.of(Activations.class, Map.of("list", given -> List.copyOf(enabled.values()),
                    "find", given -> Optional.ofNullable(enabled.get(given[1])), "enable", given -> {
                        if (broken) {
                            throw new KontorException(KontorException.Kind.PLUGIN, "The database failed; the log tells more.");
                        }
                        done.add("enable " + given[1]);
                        return enable((String) given[1], Activation.State.ACTIVE, "");
                    }, "disable", given -> {
                        done.add("disable " + given[1]);
                        return enabled.remove(given[1]) != null;
                    })));

    private static PluginDescriptor plugin(String id, String title, boolean baseline) {
        return new PluginDescriptor(id, "recommend", title, "", baseline, false, List.of(), List.of(), "com.acme", ONE,
                Stub.of(SettingsSchema.class, Map.of("settings", none -> List.of())));
    }

    private Activation enable(String plugin, Activation.State state, String reason) {
        Activation activation = new Activation("shop", plugin, ONE, Optional.empty(), state, reason, Map.of());
        enabled.put(plugin, activation);
        return activation;
    }

    private MatrixView matrix(String... fields) throws IOException {
        return Called.view(Called.page(pages, Role.VIEWER, "GET", "/plugins", Map.of(), fields), 200, MatrixView.class);
    }

    @Test
    void showsHowEachPluginDoesInEachStoreAlsoThoseWhoseBundleIsAway() throws IOException {
        enable("com.acme.taste", Activation.State.WAITING, "Waiting: no model trained yet.");
        enable("com.acme.goneAway", Activation.State.WAITING, "Waiting: version 1.0.0 of the bundle com.acme.gone is not installed.");
        MatrixView view = matrix();
        assertEquals(List.of("Popular", "Taste"), view.columns().get("recommend").stream().map(MatrixView.Column::title).toList());
        List<MatrixCell> cells = view.rows().get(0).cells();
        assertEquals(List.of(Look.OFF, Look.WAITING, Look.WAITING), cells.stream().map(MatrixCell::look).toList());
        assertEquals("Waiting: no model trained yet.", cells.get(1).reason());
        assertEquals(List.of(true, true, false), cells.stream().map(MatrixCell::installed).toList());
        assertEquals(List.of(false, false, false), cells.stream().map(MatrixCell::mayChange).toList());
    }

    @Test
    void findsStoresByTheirNamesAndPluginsByTheirFamily() throws IOException {
        assertEquals(1, matrix("q", "SHO").rows().size());
        assertEquals(0, matrix("q", "market").rows().size());
        assertEquals(List.of(), List.copyOf(matrix("family", "pricing").columns().keySet()));
    }

    @Test
    void aClickEnablesOnceAndDisables() throws IOException {
        Map<String, String> taste = Map.of("id", "com.acme.taste");
        assertEquals(new Answer.Redirect("/plugins"), Called.page(pages, Role.OPERATOR, "POST", SWITCH, taste, "on", "true"));
        Called.page(pages, Role.OPERATOR, "POST", SWITCH, taste, "on", "true");
        assertEquals(List.of("enable com.acme.taste"), done, "what is enabled is left as it is");
        Called.page(pages, Role.OPERATOR, "POST", SWITCH, taste, "on", "false");
        assertEquals(List.of("enable com.acme.taste", "disable com.acme.taste"), done);
        broken = true;
        Called.page(pages, Role.OPERATOR, "POST", SWITCH, taste, "on", "true");
        assertEquals(Map.of(), enabled);
    }
}

package io.kontor.platform.admin.internal.plugins;

import io.kontor.api.KontorException;
import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.plugins.MatrixView.Column;
import io.kontor.platform.admin.internal.plugins.MatrixView.Row;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The matrix of stores and plugins, where a click enables or disables. */
@Component(service = Pages.class)
public final class MatrixPages implements Pages {

    private static final int ROWS = 25;

    private final PluginCatalogue catalogue;
    private final Activations activations;

    /**
     * Made by Declarative Services.
     *
     * @param catalogue what is installed
     * @param activations what is enabled
     */
    @Activate
    public MatrixPages(@Reference PluginCatalogue catalogue, @Reference Activations activations) {
        this.catalogue = catalogue;
        this.activations = activations;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/plugins", null, this::matrix),
                Route.post("/stores/{store}/plugins/{id}/switch", Role.OPERATOR, this::turn));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of(new NavEntry(NavEntry.Group.INSTALLATION, 10, visit.text("plugins.matrix.title"), "/plugins", "grid", Role.VIEWER));
    }

    private Answer matrix(Visit visit) {
        String query = visit.field("q");
        String family = visit.field("family");
        String after = visit.field("after");
        List<Store> found = visit.stores().stream().filter(store -> matches(store, query)).toList();
        List<Store> rest = found.stream().filter(store -> store.id().compareTo(after) > 0).toList();
        List<Store> page = rest.subList(0, Math.min(ROWS, rest.size()));
        Map<String, Map<String, Activation>> enabled = new LinkedHashMap<>();
        page.forEach(store -> enabled.put(store.id(), enabled(store)));
        Map<String, List<Column>> all = columns(visit, enabled.values().stream().flatMap(each -> each.keySet().stream()).toList());
        Map<String, List<Column>> shown = new LinkedHashMap<>(all);
        shown.keySet().removeIf(each -> !family.isEmpty() && !each.equals(family));
        Set<String> installed = installed(visit);
        List<Row> rows = page.stream().map(store -> new Row(store, shown.values().stream().flatMap(List::stream)
                .map(column -> cell(visit, store, column.id(), column.title(), enabled.get(store.id()).get(column.id()),
                        installed.contains(column.id()))).toList())).toList();
        return Answer.html("plugins/matrix", new MatrixView(shown, rows, all.keySet().stream().filter(each -> !each.isEmpty()).toList(),
                family, query, found.size(), rest.size() > page.size() ? page.get(page.size() - 1).id() : ""));
    }

    private static boolean matches(Store store, String query) {
        String wanted = query.toLowerCase(Locale.ROOT);
        return store.id().contains(wanted) || store.name().toLowerCase(Locale.ROOT).contains(wanted);
    }

    private Map<String, Activation> enabled(Store store) {
        Map<String, Activation> byPlugin = new HashMap<>();
        activations.list(store.id()).forEach(each -> byPlugin.put(each.plugin(), each));
        return byPlugin;
    }

    private Set<String> installed(Visit visit) {
        Set<String> ids = new HashSet<>();
        catalogue.plugins(visit.locale()).forEach(each -> ids.add(each.id()));
        return ids;
    }

    /** What is installed by family, and after it what is still enabled somewhere. */
    private Map<String, List<Column>> columns(Visit visit, List<String> enabled) {
        Map<String, List<Column>> families = new TreeMap<>(PluginEntry.FAMILY_ORDER);
        Set<String> known = new HashSet<>();
        for (PluginDescriptor each : catalogue.plugins(visit.locale())) {
            if (known.add(each.id())) {
                families.computeIfAbsent(each.family(), family -> new ArrayList<>())
                        .add(new Column(each.id(), each.title(), each.baseline()));
            }
        }
        enabled.stream().filter(known::add).sorted().forEach(id -> families.computeIfAbsent("", family -> new ArrayList<>())
                .add(new Column(id, PluginEntry.shortName(id), false)));
        return families;
    }

    private MatrixCell cell(Visit visit, Store store, String plugin, String title, Activation activation, boolean installed) {
        boolean own = activation != null && catalogue.find(plugin, activation.version(), visit.locale())
                .map(found -> SettingsForm.of(found.settings(), activation.settings()).fields().stream()
                        .anyMatch(field -> field.changed() || field.kept() || field.setting().defaults() == null && !field.values().isEmpty()))
                .orElse(true);
        return new MatrixCell(store, plugin, title, Look.of(activation), activation == null ? "" : visit.said(activation.reason()),
                visit.principal().has(Role.OPERATOR, store.id()), installed, own, "");
    }

    private Answer turn(Visit visit) {
        Store store = visit.store();
        String id = visit.path("id");
        String fault = "";
        try {
            turn(store.id(), id, visit.field("on").equals("true"));
        } catch (SettingsRefusedException e) {
            fault = visit.text("plugins.matrix.needs-settings");
        } catch (NoSuchElementException | KontorException e) {
            fault = visit.said(e.getMessage());
        }
        if (!visit.partial()) {
            return Answer.to("/plugins");
        }
        return Answer.html("plugins/cells", cells(visit, store, id, fault));
    }

    /** Leaves alone what is as it is wanted: somebody else may have enabled it with settings of its own. */
    private void turn(String store, String plugin, boolean on) {
        if (!on) {
            activations.disable(store, plugin);
        } else if (activations.find(store, plugin).isEmpty()) {
            activations.enable(store, plugin, Map.of(), null);
        }
    }

    /** The cell that was clicked, and that of the baseline that is enabled with the first plugin of a family. */
    private List<MatrixCell> cells(Visit visit, Store store, String id, String fault) {
        PluginDescriptor clicked = catalogue.find(id, null, visit.locale()).orElse(null);
        MatrixCell first = cell(visit, store, id, clicked == null ? PluginEntry.shortName(id) : clicked.title(),
                activations.find(store.id(), id).orElse(null), clicked != null).failed(fault);
        Stream<MatrixCell> baselines = clicked == null ? Stream.empty() : columns(visit, List.of()).get(clicked.family()).stream()
                .filter(each -> each.baseline() && !each.id().equals(id))
                .map(each -> cell(visit, store, each.id(), each.title(), activations.find(store.id(), each.id()).orElse(null), true));
        return Stream.concat(Stream.of(first), baselines).toList();
    }
}

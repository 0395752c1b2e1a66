package io.kontor.platform.admin.internal.bundles;

import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.bundles.ChangeView.Effect;
import io.kontor.platform.admin.internal.bundles.ChangeView.Kind;
import io.kontor.platform.admin.internal.bundles.ChangeView.Plugin;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.plugins.BundlePlan;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/** Says what a plan means for what is enabled: which activations would move, start, stay or stop. */
final class Changes {

    private final PluginCatalogue catalogue;
    private final Activations activations;

    Changes(PluginCatalogue catalogue, Activations activations) {
        this.catalogue = catalogue;
        this.activations = activations;
    }

    ChangeView of(BundlePlan plan, Visit visit) {
        List<Plugin> plugins = plan.plugins().stream().map(id -> new Plugin(id, plan.titles().getOrDefault(id, title(id, visit)),
                plan.otherVersions().stream().anyMatch(other -> catalogue.find(id, other, visit.locale()).isPresent()))).toList();
        List<Effect> effects = new ArrayList<>("install".equals(plan.action()) ? installed(plan, visit) : removed(plan, visit));
        effects.sort(Comparator.comparing(Effect::store).thenComparing(Effect::plugin));
        return new ChangeView(plan, plugins, effects, "");
    }

    /** The title of a plugin; words made from its id when no bundle brings it. */
    String title(String id, Visit visit) {
        return catalogue.find(id, null, visit.locale()).map(PluginDescriptor::title)
                .orElseGet(() -> id.substring(id.lastIndexOf('.') + 1).replaceAll("(?<=[a-z])(?=[A-Z])", " "));
    }

    private List<Effect> installed(BundlePlan plan, Visit visit) {
        List<Effect> effects = new ArrayList<>();
        activations.using(plan.symbolicName(), plan.version())
                .forEach(waiting -> effects.add(effect(Kind.STARTS, waiting, plan.version(), visit)));
        for (Version other : plan.otherVersions()) {
            for (Activation each : activations.using(plan.symbolicName(), other)) {
                boolean moves = each.pinned().isEmpty() && other.compareTo(plan.version()) < 0 && plan.plugins().contains(each.plugin());
                effects.add(effect(moves ? Kind.MOVES : Kind.STAYS, each, moves ? plan.version() : other, visit));
            }
        }
        return effects;
    }

    private List<Effect> removed(BundlePlan plan, Visit visit) {
        List<Effect> effects = new ArrayList<>();
        for (Activation each : activations.using(plan.symbolicName(), plan.version())) {
            Optional<Version> next = each.pinned().isPresent() ? Optional.empty() : plan.otherVersions().stream()
                    .filter(other -> catalogue.find(each.plugin(), other, visit.locale()).isPresent()).max(Comparator.naturalOrder());
            effects.add(effect(next.isPresent() ? Kind.MOVES : Kind.STOPS, each, next.orElse(each.version()), visit));
        }
        return effects;
    }

    private Effect effect(Kind kind, Activation activation, Version to, Visit visit) {
        String store = visit.stores().stream().filter(each -> each.id().equals(activation.store())).findFirst().map(Store::name)
                .orElse(activation.store());
        return new Effect(kind, activation.store(), store, activation.plugin(), title(activation.plugin(), visit),
                activation.version().toString(), to.toString());
    }
}

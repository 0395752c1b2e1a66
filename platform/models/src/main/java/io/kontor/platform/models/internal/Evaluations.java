package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import java.util.List;
import java.util.Locale;
import org.osgi.framework.Version;

/** How the models of each family are judged. */
final class Evaluations {

    private static final List<FamilyEvaluation> ALL = List.of(new RankingEvaluation(), new DemandEvaluation(), new PricingEvaluation(),
            new RiskEvaluation());

    private Evaluations() {
    }

    /**
     * How a plugin's models are judged.
     *
     * @param catalogue tells its family
     * @param plugin its id
     * @param version the version of its bundle
     * @return the evaluation of its family
     * @throws KontorException of kind CONFIGURATION when the plugin is not installed or its family cannot be judged
     */
    static FamilyEvaluation of(PluginCatalogue catalogue, String plugin, Version version) {
        String family = catalogue.find(plugin, version, Locale.ROOT).map(PluginDescriptor::family)
                .orElseThrow(() -> new KontorException(Kind.CONFIGURATION, "Plugin " + plugin + " is no longer installed."));
        return ALL.stream().filter(one -> one.family().equals(family)).findFirst()
                .orElseThrow(() -> new KontorException(Kind.CONFIGURATION, "Models of the family " + family + " cannot be judged, so plugin "
                        + plugin + " cannot be trained."));
    }
}

package io.kontor.platform.plugins.internal;

import io.kontor.api.plugin.Plugin;
import io.kontor.platform.plugins.ComponentStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Puts into words what the component runtime says about one configuration of a plugin. Holds nothing. */
@Component
public final class DescribedComponentStates implements ComponentStates {

    private static final String FAMILY = Plugin.PREFIX_ + "family";
    private static final String CAUSE = "\nCaused by: ";

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    /**
     * The words of a component runtime.
     *
     * @param context of this bundle
     * @param components the component runtime
     */
    @Activate
    public DescribedComponentStates(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public State state(String plugin, String bundle, Version version, String pid) {
        Optional<Bundle> active = Arrays.stream(context.getBundles())
            .filter(candidate -> bundle.equals(candidate.getSymbolicName()) && candidate.getVersion().equals(version)
                && candidate.getState() == Bundle.ACTIVE)
            .findFirst();
        if (active.isEmpty()) {
            return new State(Phase.ABSENT, "Waiting: the bundle " + bundle + " " + version + " is not running.");
        }
        Optional<ComponentDescriptionDTO> described = components.getComponentDescriptionDTOs(active.get()).stream()
            .filter(component -> List.of(component.configurationPid).contains(plugin)
                && component.properties.containsKey(FAMILY)).findFirst();
        if (described.isEmpty()) {
            return new State(Phase.ABSENT, "Waiting: the bundle " + bundle + " " + version + " has no plugin " + plugin + ".");
        }
        return components.getComponentConfigurationDTOs(described.get()).stream().filter(instance -> madeFrom(instance, pid)).findFirst()
            .map(instance -> state(instance, described.get()))
            .orElseGet(() -> new State(Phase.ABSENT, "Waiting: the settings have not reached the plugin yet."));
    }

    private static boolean madeFrom(ComponentConfigurationDTO instance, String pid) {
        Object pids = instance.properties.get(Constants.SERVICE_PID);
        return pid.equals(pids) || pids instanceof Collection<?> several && several.contains(pid)
            || pids instanceof String[] array && List.of(array).contains(pid);
    }

    private static State state(ComponentConfigurationDTO instance, ComponentDescriptionDTO description) {
        return switch (instance.state) {
            case ComponentConfigurationDTO.ACTIVE -> new State(Phase.ACTIVE, "");
            case ComponentConfigurationDTO.SATISFIED -> new State(Phase.SATISFIED, "");
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                new State(Phase.FAILED, "The plugin could not be started: " + ended(firstWords(instance.failure)));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> new State(Phase.UNSATISFIED, "Waiting: needs "
                + missing(instance.unsatisfiedReferences, description) + ".");
            default -> new State(Phase.ABSENT, "Waiting: the settings have not reached the plugin yet.");
        };
    }

    private static String missing(UnsatisfiedReferenceDTO[] references, ComponentDescriptionDTO description) {
        List<String> words = new ArrayList<>();
        for (UnsatisfiedReferenceDTO reference : references) {
            String service = Arrays.stream(description.references).filter(candidate -> candidate.name.equals(reference.name))
                .map(DescribedComponentStates::simpleName).findFirst().orElse(reference.name);
            String target = Objects.requireNonNullElse(reference.target, "");
            words.add("the service " + service + (target.isEmpty() ? ""
                : target.contains("(" + Plugin.STORE + "=") ? " for this store" : " with " + target));
        }
        return String.join(" and ", words);
    }

    private static String simpleName(ReferenceDTO reference) {
        return reference.interfaceName.substring(reference.interfaceName.lastIndexOf('.') + 1);
    }

    /** A failure arrives as a printed stack trace: {@code class: message}, the last cause being what the plugin itself threw. */
    private static String firstWords(String failure) {
        String trace = Objects.requireNonNullElse(failure, "").trim();
        int cause = trace.lastIndexOf(CAUSE);
        String line = (cause < 0 ? trace : trace.substring(cause + CAUSE.length())).lines().findFirst().orElse("no reason given").trim();
        int colon = line.indexOf(": ");
        return colon > 0 && line.substring(0, colon).matches("[\\w.$]+") ? line.substring(colon + 2)
            : line.substring(line.lastIndexOf('.') + 1);
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}

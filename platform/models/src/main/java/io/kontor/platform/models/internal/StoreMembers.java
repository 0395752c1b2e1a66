package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.ensemble.Member;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.store.Store;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.StoreListener;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Gives every store the {@link Members} service that its ensembles refer to. */
@Component(service = StoreListener.class, immediate = true)
public final class StoreMembers implements StoreListener {

    private final BundleContext context;
    private final ActivePlugins active;
    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final ServiceComponentRuntime components;
    private final MemberThreads threads;
    private final Map<String, ServiceRegistration<Members>> services = new ConcurrentHashMap<>();

    /**
     * Made by Declarative Services.
     *
     * @param context where the stores' services are registered
     * @param active the instances that answer
     * @param activations makes instances for trainings
     * @param catalogue knows the plugins
     * @param components knows what their components refer to
     */
    @Activate
    public StoreMembers(BundleContext context, @Reference ActivePlugins active, @Reference Activations activations,
            @Reference PluginCatalogue catalogue, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.active = active;
        this.activations = activations;
        this.catalogue = catalogue;
        this.components = components;
        this.threads = new MemberThreads(context.getProperty("kontor.decision.deadline"));
    }

    /** The plugins of one store. */
    private final class OfStore implements Members {

        private final String store;

        OfStore(String store) {
            this.store = store;
        }

        @Override
        public List<String> of(String family) {
            return active.instances(store, family).stream().filter(instance -> KeptMember.KINDS.stream().anyMatch(instance::provides))
                    .filter(instance -> !ensemble(instance)).map(PluginInstance::plugin).sorted().toList();
        }

        @Override
        public Member open(String plugin) {
            try {
                return new OpenMember(new Key(store, plugin), activations.trial(store, plugin, Map.of()), active, threads);
            } catch (NoSuchElementException e) {
                throw new KontorException(Kind.CONFIGURATION, e.getMessage(), e);
            }
        }

        @Override
        public TrainedMember read(String plugin, String version, byte[] bytes) {
            return KeptMember.of(new Key(store, plugin), version, bytes, active, threads);
        }

        @Override
        public <T> List<Optional<T>> ask(List<? extends Callable<? extends T>> questions) {
            return threads.ask(questions);
        }
    }

    /** A component that refers to members is an ensemble, whatever it calls itself. */
    private boolean ensemble(PluginInstance instance) {
        Optional<PluginDescriptor> plugin = catalogue.find(instance.plugin(), instance.version(), Locale.ENGLISH);
        return plugin.flatMap(catalogue::bundle).stream().flatMap(bundle -> components.getComponentDescriptionDTOs(bundle).stream())
                .filter(description -> List.of(description.configurationPid).contains(instance.plugin()))
                .anyMatch(StoreMembers::refersToMembers);
    }

    private static boolean refersToMembers(ComponentDescriptionDTO description) {
        return Arrays.stream(description.references).anyMatch(reference -> reference.interfaceName.equals(Members.class.getName()));
    }

    @Override
    public void present(Store store) {
        services.computeIfAbsent(store.id(), id -> context.registerService(Members.class, new OfStore(id),
                new Hashtable<>(Map.of(Plugin.STORE, id))));
    }

    @Override
    public void deleted(Store store) {
        Optional.ofNullable(services.remove(store.id())).ifPresent(ServiceRegistration::unregister);
    }

    @Deactivate
    void close() {
        services.values().forEach(ServiceRegistration::unregister);
        services.clear();
        threads.close();
    }
}

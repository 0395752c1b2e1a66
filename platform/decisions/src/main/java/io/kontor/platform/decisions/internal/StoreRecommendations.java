package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommendations;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.stores.StoreListener;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives each store's plugins the recommend family as a service of their own store. A store costs one registration of an object with a
 * name in it.
 */
@Component(service = StoreListener.class)
public final class StoreRecommendations implements StoreListener {

    private final BundleContext context;
    private final RecommendPipeline pipeline;
    private final DataAccess data;
    private final Map<String, ServiceRegistration<Recommendations>> byStore = new ConcurrentHashMap<>();

    /** The family as one store sees it. */
    private record OfStore(String store, RecommendPipeline pipeline, DataAccess data) implements Recommendations {

        @Override
        public Ranking recommend(RecommendationRequest request) {
            Set<String> inactive = data.inactiveProducts(store);
            return pipeline.ask(store, Optional.empty(), new RecommendationRequest(request.placement(), request.customer(), request.product(),
                    request.session(), request.history(), request.n(),
                    product -> !inactive.contains(product) && request.eligible().test(product))).value();
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param context registers the services
     * @param pipeline asks the plugins
     * @param data the catalogues
     */
    @Activate
    public StoreRecommendations(BundleContext context, @Reference RecommendPipeline pipeline, @Reference DataAccess data) {
        this.context = context;
        this.pipeline = pipeline;
        this.data = data;
    }

    @Override
    public void present(Store store) {
        byStore.computeIfAbsent(store.id(), id -> {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Plugin.STORE, id);
            return context.registerService(Recommendations.class, new OfStore(id, pipeline, data), properties);
        });
    }

    @Override
    public void deleted(Store store) {
        Optional.ofNullable(byStore.remove(store.id())).ifPresent(ServiceRegistration::unregister);
    }

    @Deactivate
    void close() {
        byStore.values().forEach(ServiceRegistration::unregister);
        byStore.clear();
    }
}

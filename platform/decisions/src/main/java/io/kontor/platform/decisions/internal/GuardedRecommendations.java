package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Interaction;
import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks the store's recommenders in their order. When the one that should answer fails or is late, the family's baseline answers instead and
 * the answer says so. A list that came out short is filled up from the baseline.
 */
@Component(service = RecommendationDesk.class)
public final class GuardedRecommendations implements RecommendationDesk {

    private static final int HISTORY = 500;
    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final Duration LOADING = Duration.ofSeconds(10);

    private final ActivePlugins plugins;
    private final LiveModels models;
    private final DataAccess data;
    private final Guard guard;

    /** An instance with the model that it will be asked with. */
    private record Ready(PluginInstance instance, Optional<LiveModels.Live> model) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.decision.deadline} gives the deadline in milliseconds
     * @param plugins the running instances
     * @param models their models
     * @param data histories and the catalogue
     */
    @Activate
    public GuardedRecommendations(BundleContext context, @Reference ActivePlugins plugins, @Reference LiveModels models,
            @Reference DataAccess data) {
        this(plugins, models, data, deadline(context.getProperty("kontor.decision.deadline")));
    }

    GuardedRecommendations(ActivePlugins plugins, LiveModels models, DataAccess data, Duration deadline) {
        this.plugins = plugins;
        this.models = models;
        this.data = data;
        this.guard = new Guard(deadline);
    }

    private static Duration deadline(String millis) {
        return millis == null ? DEADLINE : Duration.ofMillis(Long.parseLong(millis));
    }

    @Deactivate
    void close() {
        guard.close();
    }

    @Override
    public Answer<Ranking> recommend(String store, Question question) {
        List<PluginInstance> candidates = candidates(store, question.plugin());
        RecommendationRequest request = request(store, question);
        String reason = null;
        String waiting = null;
        for (PluginInstance instance : candidates) {
            Ready ready;
            try {
                ready = ready(instance).orElse(null);
            } catch (KontorException e) {
                reason = instance.plugin() + " could not be asked: " + e.getMessage();
                continue;
            }
            if (ready == null) {
                waiting = instance.plugin() + " has no model yet";
                continue;
            }
            Guard.Outcome<Ranking> outcome = ask(ready, request);
            if (outcome instanceof Guard.Outcome.Answered<Ranking> answered) {
                Optional<String> fallback = reason == null ? Optional.empty()
                        : Optional.of(reason + "; " + instance.plugin() + " answered instead.");
                return answer(ready, fallback, filled(store, ready, answered.value(), request));
            }
            reason = instance.plugin() + " " + ((Guard.Outcome.Failed<Ranking>) outcome).reason();
        }
        if (reason != null) {
            throw new KontorException(KontorException.Kind.CAPACITY, reason + ", and no other plugin could answer.");
        }
        throw new KontorException(KontorException.Kind.CONFIGURATION, waiting == null
                ? "No plugin of the family recommend is enabled for this store."
                : "No plugin of the family recommend can answer yet: " + waiting + ".");
    }

    /** The plugins to be asked one after the other: the named one or all of the store, the baseline last. */
    private List<PluginInstance> candidates(String store, Optional<String> named) {
        List<PluginInstance> all = plugins.instances(store, Family.RECOMMEND);
        if (named.isEmpty()) {
            return all;
        }
        List<PluginInstance> wanted = new ArrayList<>();
        wanted.add(plugins.instance(store, named.get()).filter(i -> i.family().equals(Family.RECOMMEND)).orElseThrow(() ->
                new NoSuchElementException("The plugin \"" + named.get() + "\" is not enabled for the store \"" + store + "\".")));
        all.stream().filter(PluginInstance::baseline).filter(i -> !i.plugin().equals(named.get())).forEach(wanted::add);
        return wanted;
    }

    private RecommendationRequest request(String store, Question question) {
        List<Interaction> history = question.customer().map(customer -> data.of(store).history(customer, HISTORY)).orElse(List.of());
        Set<String> excluded = new HashSet<>(question.session());
        question.product().ifPresent(excluded::add);
        history.stream().filter(i -> i.type() == Interaction.Type.PURCHASE).forEach(i -> excluded.add(i.product()));
        Set<String> inactive = data.inactiveProducts(store);
        Predicate<String> eligible = product -> !excluded.contains(product) && !inactive.contains(product);
        return new RecommendationRequest(question.placement(), question.customer(), question.product(), question.session(), history,
                question.n(), eligible);
    }

    private Optional<Ready> ready(PluginInstance instance) {
        Optional<Boolean> needsModel = instance.lease().map(lease -> {
            try (lease) {
                return RecommendCall.needsModel(lease.service());
            }
        });
        if (needsModel.isEmpty()) {
            throw new KontorException(KontorException.Kind.PLUGIN, "it could not be started.");
        }
        if (!needsModel.get()) {
            return Optional.of(new Ready(instance, Optional.empty()));
        }
        return models.champion(instance, LOADING).map(live -> new Ready(instance, Optional.of(live)));
    }

    private Guard.Outcome<Ranking> ask(Ready ready, RecommendationRequest request) {
        Object model = ready.model().map(LiveModels.Live::model).orElse(null);
        return guard.call(ready.instance(), plugin -> RecommendCall.ask(plugin, model, request));
    }

    private Ranking filled(String store, Ready by, Ranking ranking, RecommendationRequest request) {
        int missing = request.n() - ranking.items().size();
        if (missing == 0 || by.instance().baseline() || by.model().isEmpty()) {
            return ranking;
        }
        Set<String> there = new HashSet<>();
        ranking.items().forEach(item -> there.add(item.product()));
        RecommendationRequest rest = new RecommendationRequest(request.placement(), request.customer(), request.product(),
                request.session(), request.history(), missing, product -> !there.contains(product) && request.eligible().test(product));
        for (PluginInstance instance : plugins.instances(store, Family.RECOMMEND)) {
            Ready ready = instance.baseline() && models.hasChampion(store, instance.plugin()) ? ready(instance).orElse(null) : null;
            if (ready != null && ask(ready, rest) instanceof Guard.Outcome.Answered<Ranking> more) {
                return joined(ranking, more.value());
            }
        }
        return ranking;
    }

    /** Scores of two plugins cannot be compared: those of the second are put below the first's by rank. */
    private static Ranking joined(Ranking first, Ranking second) {
        List<RankedItem> items = new ArrayList<>(first.items());
        double last = items.isEmpty() ? 0 : items.get(items.size() - 1).score();
        double step = Math.max(Math.abs(last), 1) * 1e-6;
        for (RankedItem item : second.items()) {
            last -= step;
            items.add(new RankedItem(item.product(), last, item.reasons()));
        }
        return new Ranking(items);
    }

    private static Answer<Ranking> answer(Ready ready, Optional<String> fallback, Ranking ranking) {
        return new Answer<>(UUID.randomUUID().toString(), new Answer.ServedBy(ready.instance().plugin(),
                ready.instance().version().toString(), ready.model().map(LiveModels.Live::id)), fallback, ranking);
    }
}

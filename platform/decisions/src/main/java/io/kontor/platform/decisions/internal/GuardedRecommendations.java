package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Interaction;
import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.RecommendationDesk;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Puts together what a plugin needs to know for an answer: what the customer did, and which products may be shown. When the records cannot
 * be read, an earlier answer to the same question is given.
 */
@Component(service = RecommendationDesk.class)
public final class GuardedRecommendations implements RecommendationDesk {

    private static final int HISTORY = 2_000;

    private final RecommendPipeline pipeline;
    private final DataAccess data;
    private final DecisionLog log;
    private final Pseudonyms pseudonyms;

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the plugins
     * @param data histories and the catalogue
     * @param log notes the answers
     * @param pseudonyms what plugins call the customers
     */
    @Activate
    public GuardedRecommendations(@Reference RecommendPipeline pipeline, @Reference DataAccess data, @Reference DecisionLog log,
            @Reference Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.pipeline = pipeline;
        this.data = data;
        this.log = log;
    }

    @Override
    public Answer<Ranking> recommend(String store, Question question) {
        Answer<Ranking> answer = answer(store, question);
        String customer = question.customer().orElse("");
        log.note(new DecisionLog.Entry(answer.requestId(), store, Instant.now(), Family.RECOMMEND,
                customer.isEmpty() ? question.product().orElse("") : customer, customer, answer.servedBy(), answer.fallback(),
                asked(question), answer.value()));
        return answer;
    }

    private static Map<String, Object> asked(Question question) {
        Map<String, Object> asked = new LinkedHashMap<>();
        question.placement().ifPresent(placement -> asked.put("placement", placement));
        question.customer().ifPresent(customer -> asked.put("customer", customer));
        question.product().ifPresent(product -> asked.put("product", product));
        asked.put("session", question.session());
        asked.put("n", question.n());
        question.plugin().ifPresent(plugin -> asked.put("plugin", plugin));
        return asked;
    }

    private Answer<Ranking> answer(String store, Question question) {
        List<Interaction> history;
        try {
            history = question.customer().map(customer -> data.of(store).history(customer, HISTORY)).orElse(List.of());
        } catch (RuntimeException e) {
            return pipeline.lastAnswer(store, question.plugin(), request(store, question, List.of()),
                    "could not be asked because the records could not be read").orElseThrow(() -> e);
        }
        return pipeline.ask(store, question.plugin(), request(store, question, history));
    }

    private RecommendationRequest request(String store, Question question, List<Interaction> history) {
        Set<String> excluded = new HashSet<>(question.session());
        question.product().ifPresent(excluded::add);
        history.stream().filter(i -> i.type() == Interaction.Type.PURCHASE).forEach(i -> excluded.add(i.product()));
        Set<String> inactive = data.inactiveProducts(store);
        Predicate<String> eligible = product -> !excluded.contains(product) && !inactive.contains(product);
        Optional<String> pseudonym = question.customer().map(customer -> pseudonyms.of(store, customer));
        return new RecommendationRequest(question.placement(), pseudonym, question.product(), question.session(), history,
                question.n(), eligible);
    }
}

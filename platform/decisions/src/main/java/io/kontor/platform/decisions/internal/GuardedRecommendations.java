package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Interaction;
import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.privacy.Purpose;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.data.Consents;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.RecommendationDesk;
import java.time.Instant;
import java.util.ArrayList;
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
    private static final Reason NOT_PERSONAL = new Reason(NO_CONSENT,
            "Not made for this customer, who has not agreed to personalisation.", Double.NaN);
    private static final Reason NOT_KNOWN = new Reason(NO_CONSENT,
            "Not made for this customer, as the consent to personalisation could not be read.", Double.NaN);

    private final RecommendPipeline pipeline;
    private final DataAccess data;
    private final DecisionLog log;
    private final Pseudonyms pseudonyms;
    private final Consents consents;

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the plugins
     * @param data histories and the catalogue
     * @param log notes the answers
     * @param pseudonyms what plugins call the customers
     * @param consents who has agreed to personal answers
     */
    @Activate
    public GuardedRecommendations(@Reference RecommendPipeline pipeline, @Reference DataAccess data, @Reference DecisionLog log,
            @Reference Pseudonyms pseudonyms, @Reference Consents consents) {
        this.consents = consents;
        this.pseudonyms = pseudonyms;
        this.pipeline = pipeline;
        this.data = data;
        this.log = log;
    }

    @Override
    public Answer<Ranking> recommend(String store, Question question) {
        Optional<Reason> against = question.customer().flatMap(customer -> against(store, customer));
        Question asked = against.isEmpty() ? question : new Question(question.placement(), Optional.empty(), question.product(), List.of(),
                question.n(), question.plugin());
        Answer<Ranking> found = answer(store, asked);
        Answer<Ranking> answer = against.isEmpty() ? found
                : new Answer<>(found.requestId(), found.servedBy(), found.fallback(), because(found.value(), against.get()));
        String customer = asked.customer().orElse("");
        log.note(new DecisionLog.Entry(answer.requestId(), store, Instant.now(), Family.RECOMMEND,
                customer.isEmpty() ? asked.product().orElse("") : customer, customer, answer.servedBy(), answer.fallback(),
                asked(asked), answer.value()));
        return answer;
    }

    /** Why a customer must not get a personal answer. */
    private Optional<Reason> against(String store, String customer) {
        try {
            return consents.agreed(store, customer, Purpose.PERSONALISATION) ? Optional.empty() : Optional.of(NOT_PERSONAL);
        } catch (RuntimeException e) {
            return Optional.of(NOT_KNOWN);
        }
    }

    private static Ranking because(Ranking ranking, Reason reason) {
        return new Ranking(ranking.items().stream().map(item -> {
            List<Reason> reasons = new ArrayList<>(item.reasons());
            reasons.add(reason);
            return new RankedItem(item.product(), item.score(), reasons);
        }).toList());
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

package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.privacy.Purpose;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.data.Consents;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.decisions.Recommended;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers by the placement that a question names, or else by the store's plugins in their order. Without a placement an earlier answer to the
 * same question is given when the records cannot be read.
 */
@Component(service = RecommendationDesk.class)
public final class GuardedRecommendations implements RecommendationDesk {

    /** What holds for a list of search results in no placement. */
    private static final Placement SEARCH = new Placement("", "", "search", null, null, null, null, null, null, null, null);

    private static final int MOST_ITEMS = 1_000;

    private final RecommendPipeline pipeline;
    private final PlacementChoice choice;
    private final PlacedAnswers placed;
    private final RequestParts parts;
    private final DecisionLog log;
    private final Consents consents;

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the plugins
     * @param choice which definition answers
     * @param placed makes lists by definitions
     * @param parts what requests are put together from
     * @param log notes the answers
     * @param consents who has agreed to personal answers
     */
    @Activate
    public GuardedRecommendations(@Reference RecommendPipeline pipeline, @Reference PlacementChoice choice,
            @Reference PlacedAnswers placed, @Reference RequestParts parts, @Reference DecisionLog log, @Reference Consents consents) {
        this.pipeline = pipeline;
        this.choice = choice;
        this.placed = placed;
        this.parts = parts;
        this.log = log;
        this.consents = consents;
    }

    @Override
    public Answer<Recommended> recommend(String store, Question question) {
        Asked asked = asked(store, question);
        Answer<Recommended> found = asked.chosen.isPresent()
                ? placed.answer(parts.wish(store, asked.chosen.get().definition(), asked.question, question.customer(), Optional.empty()),
                Trace.NONE) : plain(store, asked.question, question.customer());
        return noted(store, asked, found, Map.of());
    }

    @Override
    public Answer<Recommended> rerank(String store, List<String> products, Question question, Optional<Double> weight) {
        List<String> given = List.copyOf(new LinkedHashSet<>(products));
        if (given.isEmpty() || given.size() > MOST_ITEMS) {
            throw new IllegalArgumentException("there must be 1 to " + MOST_ITEMS + " products, not " + given.size());
        }
        Asked asked = asked(store, question);
        Placement placement = asked.chosen.map(PlacementChoice.Chosen::definition).orElse(SEARCH);
        Answer<Recommended> found = placed.rerank(parts.wish(store, placement, asked.question, question.customer(),
                Optional.of(Set.copyOf(given))), given, weight.orElse(placement.personalWeight()), Trace.NONE);
        return noted(store, asked, found, Map.of("products", given));
    }

    @Override
    public PlacementPreview preview(String store, Placement placement, Question question) {
        Trace.Written trace = new Trace.Written(parts.words(store));
        Question asked = allowed(question, question.customer().flatMap(customer -> against(store, customer)));
        return trace.preview(placed.answer(parts.wish(store, placement, asked, question.customer(), Optional.empty()), trace));
    }

    /** What may be asked for a person, and how the list comes about; the whole question is kept by itself. */
    private record Asked(Question question, Optional<Reason> against, Optional<PlacementChoice.Chosen> chosen) {
    }

    private Asked asked(String store, Question question) {
        Optional<Reason> against = question.customer().flatMap(customer -> against(store, customer));
        Question allowed = allowed(question, against);
        return new Asked(allowed, against, allowed.placement().flatMap(placement -> choice.choose(store, placement,
                parts.unit(store, allowed), () -> parts.context(store, allowed))));
    }

    /** Without a customer who must not get a personal answer. */
    private static Question allowed(Question question, Optional<Reason> against) {
        return against.isEmpty() ? question : new Question(question.placement(), Optional.empty(), question.product(), List.of(),
                question.n(), question.plugin(), Optional.empty(), question.device());
    }

    private Answer<Recommended> noted(String store, Asked question, Answer<Recommended> found, Map<String, ?> more) {
        Question asked = question.question;
        Recommended list = question.against.map(reason -> because(found.value(), reason)).orElse(found.value())
                .as(question.chosen.flatMap(PlacementChoice.Chosen::tried));
        Answer<Recommended> answer = new Answer<>(found.requestId(), found.servedBy(), found.fallback(), list);
        String customer = asked.customer().orElse("");
        Map<String, Object> told = told(asked);
        told.putAll(more);
        question.chosen.ifPresent(chosen -> told.putAll(chosen.logged()));
        log.note(new DecisionLog.Entry(answer.requestId(), store, Instant.now(), Family.RECOMMEND,
                customer.isEmpty() ? asked.product().orElse("") : customer, customer, answer.servedBy(), answer.fallback(),
                told, answer.value().placement().isPresent() ? answer.value() : answer.value().ranking()));
        return answer;
    }

    /** Why a customer must not get a personal answer. */
    private Optional<Reason> against(String store, String customer) {
        try {
            return consents.agreed(store, customer, Purpose.PERSONALISATION) ? Optional.empty()
                    : Optional.of(parts.words(store).notPersonal("no-consent"));
        } catch (RuntimeException e) {
            return Optional.of(parts.words(store).notPersonal("consent-unknown"));
        }
    }

    private static Recommended because(Recommended list, Reason reason) {
        return new Recommended(list.placement(), list.level(), list.items().stream().map(item -> {
            List<Reason> reasons = new ArrayList<>(item.reasons());
            reasons.add(reason);
            return new Recommended.Item(item.product(), item.score(), reasons, Optional.empty(), item.strategy(), item.rule(), item.level());
        }).toList());
    }

    private static Map<String, Object> told(Question question) {
        Map<String, Object> asked = new LinkedHashMap<>();
        question.placement().ifPresent(placement -> asked.put("placement", placement));
        question.customer().ifPresent(customer -> asked.put("customer", customer));
        question.product().ifPresent(product -> asked.put("product", product));
        asked.put("session", question.session());
        asked.put("n", question.n());
        question.plugin().ifPresent(plugin -> asked.put("plugin", plugin));
        question.device().ifPresent(device -> asked.put("device", device.text()));
        return asked;
    }

    /** The answer of the store's plugins in their order, which no placement makes. */
    private Answer<Recommended> plain(String store, Question question, Optional<String> person) {
        RecommendationRequest request;
        try {
            request = parts.request(store, question, person);
        } catch (RuntimeException e) {
            return listed(pipeline.lastAnswer(store, question.plugin(), parts.withoutRecords(store, question),
                    "could not be asked because the records could not be read").orElseThrow(() -> e));
        }
        return listed(pipeline.ask(store, question.plugin(), request));
    }

    private static Answer<Recommended> listed(Answer<Ranking> answer) {
        return new Answer<>(answer.requestId(), answer.servedBy(), answer.fallback(), Recommended.of(answer.value()));
    }
}

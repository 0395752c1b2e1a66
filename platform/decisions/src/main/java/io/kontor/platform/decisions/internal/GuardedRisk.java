package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RuleHit;
import io.kontor.api.risk.RuleQuantity;
import io.kontor.api.risk.Transaction;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.data.RecordRefusedException;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.RiskDesk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Assesses transactions by the store's plugins and its rules. */
@Component
public final class GuardedRisk implements RiskDesk {

    private final FamilyPipeline pipeline;
    private final Transactions transactions;
    private final KeptRules rules;
    private final RiskCases cases;
    private final DecisionLog log;
    private final Pseudonyms pseudonyms;

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the plugins
     * @param transactions records them and knows what came before
     * @param rules the stores' rules
     * @param cases what persons should look at
     * @param log notes the answers
     * @param pseudonyms what plugins call the customers
     */
    @Activate
    public GuardedRisk(@Reference FamilyPipeline pipeline, @Reference Transactions transactions, @Reference KeptRules rules,
            @Reference RiskCases cases, @Reference DecisionLog log, @Reference Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.pipeline = pipeline;
        this.transactions = transactions;
        this.rules = rules;
        this.cases = cases;
        this.log = log;
    }

    @Override
    public Transactions.Taken take(String store, Map<String, Object> transaction) throws RecordRefusedException {
        return transactions.take(store, transaction);
    }

    @Override
    public Answer<Assessment> assess(Transactions.Taken taken, Optional<String> plugin) {
        String store = taken.store();
        RiskRequest request = transactions.recent(store).request(taken.transaction());
        List<RuleHit> hits = rules.hits(store, request);
        Answer<Assessment> scored = pipeline.ask(new RiskAsked(store, plugin,
                RenamedCustomers.in(request, customer -> pseudonyms.of(store, customer))));
        Assessment ruled = ruled(scored.value(), hits);
        Answer<Assessment> answer = new Answer<>(scored.requestId(), scored.servedBy(), scored.fallback(), ruled);
        transactions.awaitStored(taken);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (ruled.verdict() == Verdict.REVIEW) {
            cases.open(store, taken.transaction(), answer, now);
        }
        note(store, taken.transaction(), answer, now);
        return answer;
    }

    /** Lets the rules hold whatever the plugin said. Their weights say nothing of its score, so reasons that it did not give have none. */
    static Assessment ruled(Assessment scored, List<RuleHit> hits) {
        if (hits.isEmpty()) {
            return scored;
        }
        Set<String> given = new HashSet<>();
        scored.reasons().forEach(reason -> given.add(reason.code()));
        List<Reason> reasons = new ArrayList<>();
        List<Reason> others = new ArrayList<>();
        for (RuleHit hit : hits) {
            Reason reason = hit.reason();
            if (!given.contains(reason.code())) {
                boolean decides = hit.rule().action() != RiskRule.Action.SCORE;
                (decides ? reasons : others).add(new Reason(reason.code(), reason.text(), Double.NaN));
            }
        }
        reasons.addAll(scored.reasons());
        reasons.addAll(others);
        return new Assessment(scored.score(), RuleHit.decide(scored.verdict(), hits), reasons, scored.explanation());
    }

    private void note(String store, Transaction transaction, Answer<Assessment> answer, Instant now) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("score", answer.value().score());
        said.put("verdict", answer.value().verdict().name().toLowerCase(Locale.ROOT));
        said.put("reasons", answer.value().reasons());
        answer.value().explanation().ifPresent(explanation -> said.put("explanation", explanation));
        log.note(new DecisionLog.Entry(answer.requestId(), store, now, Family.RISK, transaction.id(), transaction.customerId(),
                answer.servedBy(), answer.fallback(), Map.of("transaction", given(transaction)), said));
    }

    /** What the shop gave, by the names of the import files. */
    private static Map<String, Object> given(Transaction transaction) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("time", transaction.time());
        for (String name : RuleQuantity.Field.NAMES) {
            new RuleQuantity.Field(name).in(transaction).ifPresent(value -> given.put(name, value));
        }
        new TreeMap<>(transaction.attributes()).forEach((name, value) -> given.put(RuleQuantity.Field.ATTRIBUTE + name, value));
        return given;
    }

    @Override
    public boolean[] label(String store, List<Label> labels) {
        boolean[] known = transactions.label(store, labels.stream().map(Label::labelling).toList());
        List<Label> recorded = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (known[i]) {
                recorded.add(labels.get(i));
            }
        }
        cases.close(store, recorded);
        feedback(store, recorded);
        return known;
    }

    private void feedback(String store, List<Label> labels) {
        Map<String, String> answers = log.latest(store, Family.RISK, labels.stream().map(label -> label.labelling().transaction()).toList());
        List<DecisionLog.Feedback> feedback = new ArrayList<>();
        for (Label label : labels) {
            Transactions.Labelling what = label.labelling();
            String answer = answers.get(what.transaction());
            if (answer != null) {
                feedback.add(new DecisionLog.Feedback(answer, "", what.label().name().toLowerCase(Locale.ROOT), what.time()));
            }
        }
        log.feedback(store, feedback);
    }

    @Override
    public List<Case> cases(String store, Boolean open, long before, int limit) {
        return cases.list(store, open, before, limit);
    }
}

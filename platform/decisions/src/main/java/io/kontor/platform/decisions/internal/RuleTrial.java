package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.LabelledTransaction.Label;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.RiskRuleBook.Example;
import io.kontor.platform.decisions.RiskRuleBook.Trial;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Goes through recorded transactions as they came and looks to which of them a rule applies. One trial at a time, as it takes memory. */
final class RuleTrial {

    private static final int EXAMPLES = 10;

    private final Transactions transactions;
    private final Semaphore one = new Semaphore(1);

    RuleTrial(Transactions transactions) {
        this.transactions = transactions;
    }

    Trial run(String store, RiskRule rule, RuleWords words) {
        if (!one.tryAcquire()) {
            throw new KontorException(KontorException.Kind.CAPACITY, "Another rule is being tested; try again in a moment.");
        }
        try {
            RiskRule enabled = new RiskRule(rule.id(), rule.name(), rule.description(), rule.conditions(), rule.action(), rule.weight(), true);
            Counts counts = new Counts(enabled, words);
            transactions.readRecent(store, counts::look);
            return counts.result();
        } finally {
            one.release();
        }
    }

    /** What was found so far. */
    private static final class Counts {

        private final RiskRule rule;
        private final RuleWords words;
        private final RecentTransactions recent = new RecentTransactions();
        private final Deque<Example> examples = new ArrayDeque<>();
        private long all;
        private Instant first;
        private Instant last;
        private long hits;
        private long labelled;
        private long frauds;
        private long labelledHits;
        private long fraudHits;

        Counts(RiskRule rule, RuleWords words) {
            this.rule = rule;
            this.words = words;
        }

        void look(LabelledTransaction row) {
            RiskRequest request = recent.request(row.transaction());
            recent.add(row.transaction());
            boolean known = row.label() != Label.UNKNOWN;
            boolean fraud = row.label() == Label.FRAUD;
            all++;
            first = first == null ? row.transaction().time() : first;
            last = row.transaction().time();
            labelled += known ? 1 : 0;
            frauds += fraud ? 1 : 0;
            if (rule.applies(request)) {
                hits++;
                labelledHits += known ? 1 : 0;
                fraudHits += fraud ? 1 : 0;
                examples.addFirst(new Example(row, words.reason(rule, request)));
                if (examples.size() > EXAMPLES) {
                    examples.removeLast();
                }
            }
        }

        Trial result() {
            List<Example> latest = new ArrayList<>(examples);
            return new Trial(all, first, last, hits, labelled, frauds, labelledHits, fraudHits, latest);
        }
    }
}

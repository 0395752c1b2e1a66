package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import io.kontor.platform.data.Shelf.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A product on its way into a list. Immutable.
 *
 * @param product the shop's own id
 * @param item the product of the catalogue
 * @param value how good it is beside the other candidates, 0 to 1 before rules
 * @param strategy who gave it
 * @param level which link of the chain gave it: 0 for the strategies
 * @param rule the rule that moved it last; empty when none did
 * @param reasons why
 * @param explanation how its score came about
 */
record Candidate(String product, Optional<Item> item, double value, String strategy, int level, Optional<String> rule,
        List<Reason> reasons, Optional<Explanation> explanation) {

    Candidate valued(double other) {
        return new Candidate(product, item, other, strategy, level, rule, reasons, explanation);
    }

    Candidate moved(double other, String by, Reason why) {
        List<Reason> more = new ArrayList<>(reasons);
        more.add(why);
        return new Candidate(product, item, other, strategy, level, Optional.of(by), more, explanation);
    }
}

package io.kontor.platform.admin.internal.families;

import io.kontor.platform.admin.internal.decisions.DecisionView;
import io.kontor.platform.admin.internal.words.Fact;
import java.util.List;

/**
 * What a customer would be recommended.
 *
 * @param customer who asks; empty for an unknown visitor
 * @param product what is looked at; empty for nothing
 * @param n how many
 * @param asked whether anything was asked yet
 * @param fault why there is no answer; empty when there is one
 * @param fallback why a fallback answered; empty when none did
 * @param by who answered
 * @param items ranked products
 * @param history what the customer did lately
 * @param decision the page of the logged answer; empty when the visitor may not see it
 */
public record RecommendView(String customer, String product, int n, boolean asked, String fault, String fallback, List<Fact> by,
        List<DecisionView.Item> items, List<Fact> history, String decision) {
}

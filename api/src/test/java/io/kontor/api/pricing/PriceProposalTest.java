package io.kontor.api.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kontor.api.decision.Proposal;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceProposalTest {

    private static PriceProposal proposal(double price, GuardrailStep... trail) {
        return new PriceProposal(price, 12, List.of(trail), new Proposal("price", "p1", Map.of("price", price), List.of(), Map.of(), List.of()));
    }

    @Test
    void explainsThePriceByTheGuardrailsThatBound() {
        Explanation explanation = proposal(10.99, new GuardrailStep("max-change", 12, 11, "At most 10 %."),
                new GuardrailStep("margin-floor", 11, 11, "Above cost."), new GuardrailStep("ending", 11, 10.99, "Ends with 99."))
                .explanation("Rest");
        assertEquals(Explanation.Kind.CONSTRAINTS, explanation.kind());
        assertEquals(12, explanation.base());
        assertEquals(10.99, explanation.output());
        assertEquals(List.of("max-change", "ending"), explanation.contributions().stream().map(Contribution::feature).toList());
        assertEquals(-1, explanation.contributions().get(0).amount(), 1e-12);
    }

    @Test
    void namesWhatTheTrailDoesNotTell() {
        Explanation explanation = proposal(10, new GuardrailStep("max-change", 12, 11, "At most 10 %.")).explanation("Rest");
        assertEquals(List.of("max-change", "others"), explanation.contributions().stream().map(Contribution::feature).toList());
        assertEquals(-1, explanation.contributions().get(1).amount(), 1e-12);
    }

    @Test
    void showsTheOperatorOnlyATrailThatTellsAll() {
        PriceProposal whole = proposal(11, new GuardrailStep("max-change", 12, 11, "At most 10 %."));
        assertEquals(Optional.of(whole.explanation("")), whole.explained().explanation());
        PriceProposal partly = proposal(10, new GuardrailStep("max-change", 12, 11, "At most 10 %."));
        assertSame(partly.proposal(), partly.explained());
    }
}

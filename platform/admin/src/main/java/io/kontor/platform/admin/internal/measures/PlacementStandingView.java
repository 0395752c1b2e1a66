package io.kontor.platform.admin.internal.measures;

import io.kontor.platform.admin.internal.measures.MeasuresView.Cell;
import io.kontor.platform.admin.internal.shell.Chart;
import java.util.List;
import java.util.Optional;

/**
 * What a placement can do and has learned.
 *
 * @param title what people call it
 * @param ready for customers and products
 * @param learned what it has learned; empty when it does not learn
 */
public record PlacementStandingView(String title, List<Ready> ready, Optional<Learned> learned) {

    /**
     * For whom its strategies have something.
     *
     * @param of customers or products
     * @param share the share for which they have
     * @param full lists of strategies alone
     * @param partly lists that a fallback filled up
     * @param fallback lists of fallbacks alone
     * @param asked the size of the sample
     * @param tone the colour of the share
     */
    public record Ready(String of, Cell share, String full, String partly, String fallback, String asked, String tone) {
    }

    /**
     * What was learned.
     *
     * @param how in a sentence
     * @param arms the strategies
     * @param chart what each would earn if it were always chosen
     */
    public record Learned(String how, List<Arm> arms, Chart chart) {
    }

    /**
     * A strategy.
     *
     * @param name what people call it
     * @param choices how often it was chosen
     * @param mean what it earned then
     * @param value what it would earn alone, doubly robust
     * @param selfNormalised the same by weights
     */
    public record Arm(String name, String choices, String mean, Cell value, Cell selfNormalised) {
    }
}

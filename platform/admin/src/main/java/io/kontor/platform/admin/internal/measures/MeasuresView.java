package io.kontor.platform.admin.internal.measures;

import io.kontor.platform.admin.internal.shell.Chart;
import java.util.List;

/**
 * What recommendations led to.
 *
 * @param placement only of this one; empty for all
 * @param from first day as the form has it; empty for no bound
 * @param to last day as the form has it; empty for no bound
 * @param placements ids to choose from
 * @param figures what all of it comes to
 * @param charts by day
 * @param tables by placement, strategy and variant
 */
public record MeasuresView(String placement, String from, String to, List<String> placements, List<Figure> figures, List<Chart> charts,
        List<Table> tables) {

    /**
     * A sum.
     *
     * @param label of what
     * @param value the sum
     * @param note how sure it is, or what it is of
     */
    public record Figure(String label, String value, String note) {
    }

    /**
     * Measures by something.
     *
     * @param title by what
     * @param column what the names are
     * @param rows one a name
     */
    public record Table(String title, String column, List<Row> rows) {
    }

    /**
     * Measures of one thing.
     *
     * @param name what it is called
     * @param href a page about it; empty for none
     * @param cells in the order of the columns
     */
    public record Row(String name, String href, List<Cell> cells) {
    }

    /**
     * A measure.
     *
     * @param value its value
     * @param range where the true one lies; empty for a count
     */
    public record Cell(String value, String range) {
    }
}

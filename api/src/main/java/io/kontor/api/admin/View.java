package io.kontor.api.admin;

import java.util.List;

/** A typed description of something to look at; the shell draws it. New kinds may come: only the shell reads them. */
public sealed interface View {

    /**
     * Labelled values in a row.
     *
     * @param title the heading
     * @param labels what the values are
     * @param values one a label, as text
     */
    record Facts(String title, List<String> labels, List<String> values) implements View {

        /** Copies the lists and checks the shape. */
        public Facts {
            labels = List.copyOf(labels);
            values = List.copyOf(values);
            if (labels.size() != values.size()) {
                throw new IllegalArgumentException("one value a label");
            }
        }
    }

    /**
     * A table.
     *
     * @param title the heading
     * @param columns the column heads
     * @param rows one list a row, as long as the columns
     */
    record Table(String title, List<String> columns, List<List<String>> rows) implements View {

        /** Copies the lists. */
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Lines over a common axis.
     *
     * @param title the heading
     * @param x labels of the axis
     * @param lines the lines
     */
    record LineChart(String title, List<String> x, List<Line> lines) implements View {

        /** Copies the lists. */
        public LineChart {
            x = List.copyOf(x);
            lines = List.copyOf(lines);
        }
    }

    /**
     * One line of a chart.
     *
     * @param name its name in the legend
     * @param values one a label of the axis; NaN leaves a gap
     */
    record Line(String name, double[] values) {
    }
}

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

    /**
     * Lines over a common axis with a band behind them, for example a forecast with its quantiles.
     *
     * @param title the heading
     * @param x labels of the axis
     * @param lines the lines
     * @param band the band's name in the legend
     * @param lower its lower edge, one value a label; NaN leaves a gap
     * @param upper its upper edge, one value a label; NaN leaves a gap
     */
    record BandChart(String title, List<String> x, List<Line> lines, String band, double[] lower, double[] upper) implements View {

        /** Copies the lists and checks the shape. */
        public BandChart {
            x = List.copyOf(x);
            lines = List.copyOf(lines);
            if (lower.length != x.size() || upper.length != x.size()) {
                throw new IllegalArgumentException("one value a label");
            }
        }
    }

    /**
     * Bars side by side, for example counts by score.
     *
     * @param title the heading
     * @param labels what the bars are
     * @param values one a label, 0 or greater
     */
    record BarChart(String title, List<String> labels, double[] values) implements View {

        /** Copies the list and checks the shape. */
        public BarChart {
            labels = List.copyOf(labels);
            if (labels.size() != values.length) {
                throw new IllegalArgumentException("one value a label");
            }
        }
    }

    /**
     * Plain words.
     *
     * @param title the heading; empty for none
     * @param paragraphs from top to bottom
     */
    record Text(String title, List<String> paragraphs) implements View {

        /** Copies the list. */
        public Text {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /**
     * Something that the reader should not miss.
     *
     * @param tone how it is meant
     * @param text one plain sentence
     */
    record Notice(Tone tone, String text) implements View {
    }

    /** How a notice is meant. */
    enum Tone {
        /** For information. */
        INFO,
        /** All is well. */
        GOOD,
        /** To be watched. */
        WARNING,
        /** Something is wrong. */
        PROBLEM
    }

    /**
     * Fields that lead to the same page again, with their values among {@link PageRequest#parameters}.
     *
     * @param title the heading; empty for none
     * @param fields from top to bottom
     * @param button what the button says
     */
    record Form(String title, List<Field> fields, String button) implements View {

        /** Copies the list. */
        public Form {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One field of a form.
     *
     * @param name of the parameter
     * @param label what it asks for
     * @param value what it holds now
     * @param options what may be chosen, value by label in order; empty for free text
     */
    record Field(String name, String label, String value, List<Option> options) {

        /** Copies the list. */
        public Field {
            options = List.copyOf(options);
        }
    }

    /**
     * Something that may be chosen.
     *
     * @param value of the parameter
     * @param label what is shown
     */
    record Option(String value, String label) {
    }
}

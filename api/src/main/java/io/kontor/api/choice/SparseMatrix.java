package io.kontor.api.choice;

import java.util.Arrays;

/**
 * A sparse matrix of floats, row by row (compressed sparse rows). Immutable: its arrays are not to be changed by who made it. Safe for use
 * by many threads.
 */
public final class SparseMatrix {

    private final int columns;
    private final int[] starts;
    private final int[] cells;
    private final float[] values;

    /**
     * A matrix over given arrays, which are kept and not copied.
     *
     * @param columns how many columns there are
     * @param starts where each row begins in the other two, and where the last one ends: one more than rows
     * @param cells the columns of the cells, each 0 to columns - 1 and once a row
     * @param values the cells' values
     * @throws IllegalArgumentException when the lengths do not fit together
     */
    public SparseMatrix(int columns, int[] starts, int[] cells, float[] values) {
        if (starts.length == 0 || starts[starts.length - 1] != cells.length || values.length != cells.length) {
            throw new IllegalArgumentException(cells.length + " columns and " + values.length + " values for rows that end elsewhere");
        }
        this.columns = columns;
        this.starts = starts;
        this.cells = cells;
        this.values = values;
    }

    /**
     * How many rows there are.
     *
     * @return 0 or more
     */
    public int rows() {
        return starts.length - 1;
    }

    /**
     * How many columns there are.
     *
     * @return 0 or more
     */
    public int columns() {
        return columns;
    }

    /**
     * How many cells have a value.
     *
     * @return 0 or more
     */
    public int size() {
        return cells.length;
    }

    /**
     * Where a row begins.
     *
     * @param row 0 to rows; that of the number of rows is where the last one ends
     * @return a place for {@link #column} and {@link #value}
     */
    public int start(int row) {
        return starts[row];
    }

    /**
     * The length of a row.
     *
     * @param row 0 to rows - 1
     * @return how many of its cells have a value
     */
    public int length(int row) {
        return starts[row + 1] - starts[row];
    }

    /**
     * The column of a cell.
     *
     * @param place 0 to size - 1
     * @return 0 to columns - 1
     */
    public int column(int place) {
        return cells[place];
    }

    /**
     * The value of a cell.
     *
     * @param place 0 to size - 1
     * @return its value
     */
    public float value(int place) {
        return values[place];
    }

    /**
     * The columns of a row.
     *
     * @param row 0 to rows - 1
     * @return a copy, in the order of the row
     */
    public int[] columnsOf(int row) {
        return Arrays.copyOfRange(cells, starts[row], starts[row + 1]);
    }

    /**
     * The values of a row.
     *
     * @param row 0 to rows - 1
     * @return a copy, in the order of the row
     */
    public float[] valuesOf(int row) {
        return Arrays.copyOfRange(values, starts[row], starts[row + 1]);
    }

    /**
     * The same matrix with rows and columns exchanged; within a row the columns rise.
     *
     * @return a new matrix
     */
    public SparseMatrix transposed() {
        int[] begins = new int[columns + 1];
        for (int cell : cells) {
            begins[cell + 1]++;
        }
        for (int column = 0; column < columns; column++) {
            begins[column + 1] += begins[column];
        }
        int[] next = Arrays.copyOf(begins, columns);
        int[] rows = new int[cells.length];
        float[] turned = new float[cells.length];
        for (int row = 0; row < rows(); row++) {
            for (int i = starts[row]; i < starts[row + 1]; i++) {
                int place = next[cells[i]]++;
                rows[place] = row;
                turned[place] = values[i];
            }
        }
        return new SparseMatrix(rows(), begins, rows, turned);
    }

    /**
     * Some of the rows.
     *
     * @param wanted their numbers, in the order in which they should come
     * @return a new matrix with as many columns
     */
    public SparseMatrix rows(int[] wanted) {
        int[] begins = new int[wanted.length + 1];
        for (int i = 0; i < wanted.length; i++) {
            begins[i + 1] = begins[i] + length(wanted[i]);
        }
        int[] chosen = new int[begins[wanted.length]];
        float[] theirs = new float[chosen.length];
        for (int i = 0; i < wanted.length; i++) {
            System.arraycopy(cells, starts[wanted[i]], chosen, begins[i], length(wanted[i]));
            System.arraycopy(values, starts[wanted[i]], theirs, begins[i], length(wanted[i]));
        }
        return new SparseMatrix(columns, begins, chosen, theirs);
    }

    /**
     * Some of the columns.
     *
     * @param wanted their numbers, rising; in the new matrix they are 0, 1, ...
     * @return a new matrix with as many rows, whose cells stay in order
     */
    public SparseMatrix columns(int[] wanted) {
        int[] places = new int[columns];
        Arrays.fill(places, -1);
        for (int i = 0; i < wanted.length; i++) {
            places[wanted[i]] = i;
        }
        int[] begins = new int[starts.length];
        int[] kept = new int[cells.length];
        float[] theirs = new float[cells.length];
        int count = 0;
        for (int row = 0; row < rows(); row++) {
            for (int i = starts[row]; i < starts[row + 1]; i++) {
                if (places[cells[i]] >= 0) {
                    kept[count] = places[cells[i]];
                    theirs[count++] = values[i];
                }
            }
            begins[row + 1] = count;
        }
        return new SparseMatrix(wanted.length, begins, Arrays.copyOf(kept, count), Arrays.copyOf(theirs, count));
    }
}

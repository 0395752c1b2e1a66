package io.kontor.api.metric;

/**
 * The points of a curve in their order. Arrays are not copied and must not be changed.
 *
 * @param x abscissas
 * @param y ordinates, one for each abscissa
 * @param at what each point belongs to: the threshold of a ROC or precision-recall curve, the weight of a reliability bin
 */
public record Curve(double[] x, double[] y, double[] at) {

    /** Checks that all arrays have one length. */
    public Curve {
        if (x.length != y.length || x.length != at.length) {
            throw new IllegalArgumentException("all arrays of a curve must have one length");
        }
    }

    /**
     * The same curve with fewer points: every one that is kept is one of this curve, the first and the last among them, spread evenly over the
     * length of the curve in both directions, so that steep parts keep their shape.
     *
     * @param most how many points may be kept, at least 2
     * @return this curve when it is short enough
     */
    public Curve thinned(int most) {
        if (most < 2) {
            throw new IllegalArgumentException("a curve needs 2 points, not " + most);
        }
        int size = x.length;
        if (size <= most) {
            return this;
        }
        double[] walked = new double[size];
        for (int i = 1; i < size; i++) {
            walked[i] = walked[i - 1] + Math.abs(x[i] - x[i - 1]) + Math.abs(y[i] - y[i - 1]);
        }
        int[] kept = new int[most];
        int count = 1;
        double step = walked[size - 1] / (most - 1);
        for (int i = 1; i < size - 1 && count < most - 1; i++) {
            if (walked[i] >= count * step) {
                kept[count++] = i;
            }
        }
        kept[count++] = size - 1;
        double[][] points = new double[3][count];
        for (int i = 0; i < count; i++) {
            points[0][i] = x[kept[i]];
            points[1][i] = y[kept[i]];
            points[2][i] = at[kept[i]];
        }
        return new Curve(points[0], points[1], points[2]);
    }
}

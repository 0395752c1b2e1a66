package io.kontor.recommend.content;

import io.kontor.api.data.Picture;

/**
 * What a product looks like, as numbers: a histogram of its colours, softly binned, with roots taken (Hellinger's distance), the mean colours of
 * a grid over it, and the directions of its outlines in cells (histograms of oriented gradients, Dalal and Triggs 2005). No network and no
 * training is needed for it; it tells colours, patterns and outlines, not what a thing is.
 */
final class Look {

    /** The name of how it is computed, as a model remembers it. */
    static final String NAME = "colours-outlines-1";

    private static final int LIGHTNESSES = 4;
    private static final int TINTS = 7;
    private static final float FARTHEST = 60;
    private static final int COLOURS = LIGHTNESSES * TINTS * TINTS;
    private static final int GRID = 4;
    private static final int MEANS = GRID * GRID * 3;
    private static final int CELL = 8;
    private static final int DIRECTIONS = 8;
    private static final int SIDE = GRID * CELL;
    private static final int OUTLINES = GRID * GRID * DIRECTIONS;
    private static final float MOST_OUTLINE = 0.2f;
    /** How much the parts count, as lengths; chosen on photographs that no figure is told of. */
    private static final float[] LENGTHS = {1, 0.5f, 0.5f};

    private Look() {
    }

    /**
     * Looks at a picture.
     *
     * @param picture the picture
     * @return numbers, the same for the same pixels; two pictures are alike when their vectors, seen from the middle of all, have a small angle
     */
    static float[] of(Picture picture) {
        Subject subject = new Subject(picture);
        float[] look = new float[COLOURS + MEANS + OUTLINES];
        colours(subject, look);
        means(subject, look);
        outlines(subject, look);
        scale(look, 0, COLOURS, LENGTHS[0]);
        scale(look, COLOURS, MEANS, LENGTHS[1]);
        scale(look, COLOURS + MEANS, OUTLINES, LENGTHS[2]);
        return look;
    }

    // What is in the middle counts more.
    private static void colours(Subject subject, float[] look) {
        float[] across = middling(subject.width());
        float[] down = middling(subject.height());
        for (int y = 0; y < subject.height(); y++) {
            for (int x = 0; x < subject.width(); x++) {
                int at = subject.at(subject.left() + x, subject.top() + y);
                if (!subject.background(at)) {
                    share(subject, at, across[x] * down[y], look);
                }
            }
        }
        float sum = 0;
        for (int i = 0; i < COLOURS; i++) {
            sum += look[i];
        }
        for (int i = 0; i < COLOURS && sum > 0; i++) {
            look[i] = (float) Math.sqrt(look[i] / sum);
        }
    }

    // How much a place along a side counts, 1 in the middle.
    private static float[] middling(int length) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            double u = (2 * i + 1.0) / length - 1;
            weights[i] = (float) Math.exp(-1.5 * u * u);
        }
        return weights;
    }

    // A pixel is shared out among the eight bins around it.
    private static void share(Subject subject, int at, float weight, float[] look) {
        float l = subject.lightness(at) / 100 * (LIGHTNESSES - 1);
        float a = tint(subject.green(at));
        float b = tint(subject.blue(at));
        int il = Math.max(0, Math.min(LIGHTNESSES - 2, (int) l));
        int ia = Math.min(TINTS - 2, (int) a);
        int ib = Math.min(TINTS - 2, (int) b);
        for (int corner = 0; corner < 8; corner++) {
            int dl = corner >> 2;
            int da = corner >> 1 & 1;
            int db = corner & 1;
            look[((il + dl) * TINTS + ia + da) * TINTS + ib + db] += weight * part(l - il, dl) * part(a - ia, da) * part(b - ib, db);
        }
    }

    private static float part(float fraction, int upper) {
        return upper == 1 ? fraction : 1 - fraction;
    }

    private static float tint(float value) {
        return (Math.max(-FARTHEST, Math.min(FARTHEST, value)) + FARTHEST) / (2 * FARTHEST) * (TINTS - 1);
    }

    // The background is none: 0 stands for a medium grey, and for nothing.
    private static void means(Subject subject, float[] look) {
        int[] counts = new int[GRID * GRID];
        for (int y = 0; y < subject.height(); y++) {
            for (int x = 0; x < subject.width(); x++) {
                int cell = y * GRID / subject.height() * GRID + x * GRID / subject.width();
                int at = subject.at(subject.left() + x, subject.top() + y);
                counts[cell]++;
                if (!subject.background(at)) {
                    look[COLOURS + cell * 3] += (subject.lightness(at) - 50) / 2;
                    look[COLOURS + cell * 3 + 1] += subject.green(at);
                    look[COLOURS + cell * 3 + 2] += subject.blue(at);
                }
            }
        }
        for (int i = 0; i < MEANS; i++) {
            look[COLOURS + i] /= Math.max(1, counts[i / 3]);
        }
    }

    private static void outlines(Subject subject, float[] look) {
        float[] light = square(subject);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                float across = light[y * SIDE + Math.min(SIDE - 1, x + 1)] - light[y * SIDE + Math.max(0, x - 1)];
                float down = light[Math.min(SIDE - 1, y + 1) * SIDE + x] - light[Math.max(0, y - 1) * SIDE + x];
                double strength = Math.hypot(across, down);
                if (strength > 0) {
                    double turn = Math.atan2(down, across) / Math.PI;
                    share(x, y, (float) strength, (float) ((turn < 0 ? turn + 1 : turn) * DIRECTIONS), look);
                }
            }
        }
        int from = COLOURS + MEANS;
        scale(look, from, OUTLINES, 1);
        for (int i = from; i < from + OUTLINES; i++) {
            look[i] = Math.min(MOST_OUTLINE, look[i]);
        }
    }

    // A gradient is shared out among the cells and directions around it; opposite directions are one.
    private static void share(int x, int y, float strength, float direction, float[] look) {
        float across = (x + 0.5f) / CELL - 0.5f;
        float down = (y + 0.5f) / CELL - 0.5f;
        int column = (int) Math.floor(across);
        int row = (int) Math.floor(down);
        int lower = (int) direction;
        for (int corner = 0; corner < 8; corner++) {
            int dx = corner >> 2;
            int dy = corner >> 1 & 1;
            int dd = corner & 1;
            if (column + dx >= 0 && column + dx < GRID && row + dy >= 0 && row + dy < GRID) {
                int cell = (row + dy) * GRID + column + dx;
                look[COLOURS + MEANS + cell * DIRECTIONS + (lower + dd) % DIRECTIONS] += strength * part(across - column, dx)
                        * part(down - row, dy) * part(direction - lower, dd);
            }
        }
    }

    // The lightness of the subject, drawn out to a small square.
    private static float[] square(Subject subject) {
        float[] light = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            int top = y * subject.height() / SIDE;
            int bottom = Math.max(top + 1, (y + 1) * subject.height() / SIDE);
            for (int x = 0; x < SIDE; x++) {
                int left = x * subject.width() / SIDE;
                int right = Math.max(left + 1, (x + 1) * subject.width() / SIDE);
                float sum = 0;
                for (int row = top; row < bottom; row++) {
                    for (int column = left; column < right; column++) {
                        sum += subject.lightness(subject.at(subject.left() + column, subject.top() + row));
                    }
                }
                light[y * SIDE + x] = sum / ((bottom - top) * (right - left));
            }
        }
        return light;
    }

    private static void scale(float[] look, int from, int count, float length) {
        double square = 0;
        for (int i = from; i < from + count; i++) {
            square += (double) look[i] * look[i];
        }
        float factor = square == 0 ? 0 : (float) (length / Math.sqrt(square));
        for (int i = from; i < from + count; i++) {
            look[i] *= factor;
        }
    }
}

package io.kontor.recommend.content;

import io.kontor.api.data.Picture;
import java.util.Arrays;

/**
 * What a picture shows, without the even background that most product pictures have, in CIELAB (CIE 1976, white D65), where distances are about
 * as large as differences look.
 */
final class Subject {

    /** How far a colour may be from the background's to belong to it; 2.3 is the least difference that people see. */
    private static final float NEAR = 10;
    private static final double EVEN = 0.6;
    private static final double LEAST = 0.02;
    private static final float[] LINEAR = new float[256];
    private static final double[] WHITE = {0.95047, 1, 1.08883};
    private static final double SMALL = 216.0 / 24389;
    // Cube roots by table, as each pixel takes three; the error is below a hundredth of a step of lightness.
    private static final float[] ROOTS = new float[4_097];

    static {
        for (int value = 0; value < LINEAR.length; value++) {
            double part = value / 255.0;
            LINEAR[value] = (float) (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        for (int i = 0; i < ROOTS.length; i++) {
            double part = (double) i / (ROOTS.length - 1);
            ROOTS[i] = (float) (part > SMALL ? Math.cbrt(part) : (24389.0 / 27 * part + 16) / 116);
        }
    }

    private final int width;
    private final int height;
    private final float[] lightness;
    private final float[] green;
    private final float[] blue;
    private final boolean[] behind;
    private int left;
    private int top;
    private int right;
    private int bottom;

    /**
     * Looks at a picture.
     *
     * @param picture the picture
     */
    Subject(Picture picture) {
        width = picture.width();
        height = picture.height();
        lightness = new float[width * height];
        green = new float[lightness.length];
        blue = new float[lightness.length];
        behind = new boolean[lightness.length];
        for (int at = 0; at < lightness.length; at++) {
            colour(picture.rgb()[at], at);
        }
        right = width;
        bottom = height;
        findBackground();
    }

    private void colour(int rgb, int at) {
        float r = LINEAR[rgb >> 16 & 255];
        float g = LINEAR[rgb >> 8 & 255];
        float b = LINEAR[rgb & 255];
        double x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
        double y = root((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / WHITE[1]);
        double z = root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE[2]);
        lightness[at] = (float) (116 * y - 16);
        green[at] = (float) (500 * (x - y));
        blue[at] = (float) (200 * (y - z));
    }

    private static double root(double part) {
        double at = Math.min(1, part) * (ROOTS.length - 1);
        int lower = Math.min(ROOTS.length - 2, (int) at);
        return ROOTS[lower] + (at - lower) * (ROOTS[lower + 1] - ROOTS[lower]);
    }

    // When most of the edge has one colour, what hangs together with it is background, unless hardly anything would be left.
    private void findBackground() {
        int[] edge = edge();
        float[] colour = {middle(lightness, edge), middle(green, edge), middle(blue, edge)};
        int[] queue = new int[lightness.length];
        int found = 0;
        for (int at : edge) {
            if (!behind[at] && near(at, colour)) {
                behind[at] = true;
                queue[found++] = at;
            }
        }
        int border = Math.min(lightness.length, Math.max(1, 2 * (width + height) - 4));
        if (found < EVEN * border) {
            Arrays.fill(behind, false);
            return;
        }
        for (int next = 0; next < found; next++) {
            int at = queue[next];
            int column = at % width;
            found = spread(column > 0 ? at - 1 : -1, colour, queue, found);
            found = spread(column < width - 1 ? at + 1 : -1, colour, queue, found);
            found = spread(at - width, colour, queue, found);
            found = spread(at + width < lightness.length ? at + width : -1, colour, queue, found);
        }
        if (lightness.length - found < LEAST * lightness.length) {
            Arrays.fill(behind, false);
        } else {
            frame();
        }
    }

    private int[] edge() {
        int[] edge = new int[2 * (width + height)];
        int count = 0;
        for (int x = 0; x < width; x++) {
            edge[count++] = x;
            edge[count++] = (height - 1) * width + x;
        }
        for (int y = 0; y < height; y++) {
            edge[count++] = y * width;
            edge[count++] = y * width + width - 1;
        }
        return edge;
    }

    private static float middle(float[] values, int[] places) {
        float[] some = new float[places.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[places[i]];
        }
        Arrays.sort(some);
        return some[some.length / 2];
    }

    private boolean near(int at, float[] colour) {
        float l = lightness[at] - colour[0];
        float a = green[at] - colour[1];
        float b = blue[at] - colour[2];
        return l * l + a * a + b * b < NEAR * NEAR;
    }

    private int spread(int at, float[] colour, int[] queue, int found) {
        if (at < 0 || behind[at] || !near(at, colour)) {
            return found;
        }
        behind[at] = true;
        queue[found] = at;
        return found + 1;
    }

    private void frame() {
        left = width;
        top = height;
        right = 0;
        bottom = 0;
        for (int at = 0; at < behind.length; at++) {
            if (!behind[at]) {
                left = Math.min(left, at % width);
                right = Math.max(right, at % width + 1);
                top = Math.min(top, at / width);
                bottom = Math.max(bottom, at / width + 1);
            }
        }
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int width() {
        return right - left;
    }

    int height() {
        return bottom - top;
    }

    /** Where a pixel of the whole picture is. */
    int at(int x, int y) {
        return y * width + x;
    }

    boolean background(int at) {
        return behind[at];
    }

    /** L*, 0 to 100. */
    float lightness(int at) {
        return lightness[at];
    }

    /** a*, from green to red. */
    float green(int at) {
        return green[at];
    }

    /** b*, from blue to yellow. */
    float blue(int at) {
        return blue[at];
    }
}

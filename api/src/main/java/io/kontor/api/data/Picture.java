package io.kontor.api.data;

import java.util.Objects;

/**
 * A picture of a product as it is shown on a screen, without transparency: what was see-through is white. Its array is kept and not copied; not
 * to be changed.
 *
 * @param width in pixels, 1 to {@value #LONGEST}
 * @param height in pixels, 1 to {@value #LONGEST}
 * @param rgb width * height pixels, row by row from the top left, each {@code red << 16 | green << 8 | blue} in sRGB, 0 to 255 each
 */
public record Picture(int width, int height, int[] rgb) {

    /** How long a side is at most, in pixels. */
    public static final int LONGEST = 256;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException when a side is too short or too long, or there is not one number a pixel
     */
    public Picture {
        Objects.requireNonNull(rgb, "rgb");
        if (width < 1 || height < 1 || width > LONGEST || height > LONGEST || rgb.length != width * height) {
            throw new IllegalArgumentException("no picture has " + width + " x " + height + " and " + rgb.length + " pixels");
        }
    }
}

package io.kontor.api.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Scales one number: (g(x) - shift) * factor, with g the logarithm for the logarithmic scalings, kept to 0..1 for MIN_MAX. Immutable.
 *
 * @param scaling which
 * @param shift finite
 * @param factor finite
 */
record Scale(Scaling scaling, double shift, double factor) {

    /** For numbers that stay as they are. */
    static final Scale NONE = new Scale(Scaling.NONE, 0, 1);

    // g.
    static double raw(Scaling scaling, double x) {
        return scaling == Scaling.LOG1P || scaling == Scaling.LOG_STANDARD ? Math.copySign(Math.log1p(Math.abs(x)), x) : x;
    }

    boolean changes() {
        return scaling != Scaling.NONE || shift != 0 || factor != 1;
    }

    double of(double x) {
        double scaled = (raw(scaling, x) - shift) * factor;
        return scaling == Scaling.MIN_MAX ? Math.min(1, Math.max(0, scaled)) : scaled;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(shift);
        out.writeDouble(factor);
    }

    static Scale read(DataInput in, Scaling scaling) throws IOException {
        double shift = in.readDouble();
        double factor = in.readDouble();
        if (!Double.isFinite(shift) || !Double.isFinite(factor)) {
            throw new IOException("A number is said to be scaled by " + shift + " and " + factor + ".");
        }
        return new Scale(scaling, shift, factor);
    }
}

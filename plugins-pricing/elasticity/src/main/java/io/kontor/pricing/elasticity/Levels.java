package io.kontor.pricing.elasticity;

import java.util.ArrayList;
import java.util.List;

/**
 * The level of demand of late: units against what price, promotion, rivals and season alone would have made of one unit, newer periods counting
 * more. How much more is chosen for the whole store: so that four periods on, past levels would have told best what sold.
 */
final class Levels {

    private static final double[] FADINGS = {0.7, 0.8, 0.9, 0.95, 0.98};
    private static final double USUAL = 0.8;
    private static final int AHEAD = 4;
    private static final int LEAST = 8;

    private final List<Track> tracks = new ArrayList<>();

    /**
     * The periods of a product; those out of stock are left out.
     *
     * @param units what was sold
     * @param factors what the drivers would have made of one unit over the period
     */
    record Track(double[] units, double[] factors) {

        private double error(double fading) {
            double sold = 0;
            double expected = 0;
            double error = 0;
            for (int t = 0; t + AHEAD < units.length; t++) {
                sold = fading * sold + units[t];
                expected = fading * expected + factors[t];
                if (t >= LEAST) {
                    error += Math.abs(sold / expected * factors[t + AHEAD] - units[t + AHEAD]);
                }
            }
            return error;
        }

        double level(double fading) {
            double sold = 0;
            double expected = 0;
            for (int t = 0; t < units.length; t++) {
                sold = fading * sold + units[t];
                expected = fading * expected + factors[t];
            }
            return expected > 0 ? sold / expected : 0;
        }
    }

    void add(Track track) {
        tracks.add(track);
    }

    /** Weight of a period against the one after it. */
    double fading() {
        double best = USUAL;
        double least = Double.POSITIVE_INFINITY;
        for (double fading : FADINGS) {
            double error = 0;
            for (Track track : tracks) {
                error += track.error(fading);
            }
            if (error > 0 && error < least) {
                least = error;
                best = fading;
            }
        }
        return best;
    }
}

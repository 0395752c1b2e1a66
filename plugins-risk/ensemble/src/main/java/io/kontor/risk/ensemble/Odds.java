package io.kontor.risk.ensemble;

/** Probabilities and their log odds, kept away from 0 and 1, which no score can be sure of. Not instantiated. */
final class Odds {

    private static final double EDGE = 1e-3;

    private Odds() {
    }

    static double logit(double score) {
        double inside = Math.max(EDGE, Math.min(1 - EDGE, score));
        return Math.log(inside / (1 - inside));
    }

    static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The log loss of a score. */
    static double loss(double score, boolean fraud) {
        double inside = Math.max(EDGE, Math.min(1 - EDGE, score));
        return -Math.log(fraud ? inside : 1 - inside);
    }
}

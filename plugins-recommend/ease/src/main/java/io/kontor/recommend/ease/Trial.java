package io.kontor.recommend.ease;

/**
 * With what weights are learned. Its text stands in the job's log.
 *
 * @param lambda how many choices are held back, above 0
 * @param content as how many choices it counts that what is said of two products is the same, 0 or more
 */
record Trial(double lambda, double content) {

    @Override
    public String toString() {
        return "lambda " + lambda + (content > 0 ? ", words as " + content + " choices" : "");
    }
}

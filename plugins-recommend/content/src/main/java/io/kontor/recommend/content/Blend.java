package io.kontor.recommend.content;

/**
 * How what is said and what was chosen are put together: (chosen together + content * (alike in words + meaning * alike in
 * meaning)) * popularity ^ exponent.
 *
 * @param content what being alike counts beside being chosen together, above 0
 * @param meaning what being near in meaning counts beside having words in common, 0 for nothing
 * @param popularity the exponent, 0 for none
 */
record Blend(double content, double meaning, double popularity) {

    /**
     * The factor of a product.
     *
     * @param share how often it was chosen, as a share of the most chosen one, above 0 and at most 1
     * @return above 0 and at most 1
     */
    float factor(float share) {
        return popularity == 0 ? 1 : (float) Math.pow(share, popularity);
    }
}

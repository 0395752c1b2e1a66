package io.kontor.recommend.content;

/**
 * How what is said, what is shown and what was chosen are put together: (chosen together + content * (alike in words + meaning * alike in
 * meaning + look * alike in looks)) * popularity ^ exponent.
 *
 * @param content what being alike counts beside being chosen together, above 0
 * @param meaning what being near in meaning counts beside having words in common, 0 for nothing
 * @param look what looking alike counts beside having words in common, 0 for nothing
 * @param kin the same where products are looked for from which one borrows that nobody chose yet
 * @param popularity the exponent, 0 for none
 */
record Blend(double content, double meaning, double look, double kin, double popularity) {

    Blend withContent(double other) {
        return new Blend(other, meaning, look, kin, popularity);
    }

    Blend withMeaning(double other) {
        return new Blend(content, other, look, kin, popularity);
    }

    Blend withLook(double other) {
        return new Blend(content, meaning, other, kin, popularity);
    }

    Blend withKin(double other) {
        return new Blend(content, meaning, look, other, popularity);
    }

    Blend withPopularity(double other) {
        return new Blend(content, meaning, look, kin, other);
    }

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

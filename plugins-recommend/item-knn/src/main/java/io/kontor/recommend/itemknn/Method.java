package io.kontor.recommend.itemknn;

/** What makes two products similar. */
enum Method {

    /** That of {@link io.kontor.api.choice.AsymmetricCosine}. */
    ASYMMETRIC_COSINE("asymmetric-cosine"),

    /** The cosine of the two columns of choices. */
    COSINE("cosine"),

    /** The product of the two columns under the weights of Okapi BM25, with products for documents. */
    BM25("bm25");

    private final String text;

    Method(String text) {
        this.text = text;
    }

    static Method of(String text) {
        for (Method method : values()) {
            if (method.text.equals(text)) {
                return method;
            }
        }
        throw new IllegalArgumentException("no similarity " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}

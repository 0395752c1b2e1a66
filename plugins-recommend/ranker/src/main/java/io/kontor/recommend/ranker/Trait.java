package io.kontor.recommend.ranker;

/** What is looked at beside the members' lists; each is in one of some steps. */
enum Trait {
    /** How often the product was chosen. */
    POPULARITY(Shelf.POPULARITIES),
    /** How long the product has been chosen. */
    PRODUCT_AGE(Shelf.AGES),
    /** Share of the customer's choices in the product's category: none, some, a third, two thirds; unknown. */
    CATEGORY(5),
    /** The same for the brand. */
    BRAND(5),
    /** How dear the product is beside what the customer chooses: half and less, three quarters, alike, by a half more, dearer; unknown. */
    PRICE_BAND(6),
    /** How long ago the customer was interested in the category: the visit, a day, a week, a month, longer; never. */
    AGE_OF_INTEREST(6),
    /** How much is known of the customer: nothing, up to 4 choices, up to 19, more. */
    ACTIVITY(4),
    /** Whether the product looked at has the same category: none looked at, other, same. */
    LOOKED_AT(3);

    private final int steps;

    Trait(int steps) {
        this.steps = steps;
    }

    int steps() {
        return steps;
    }
}

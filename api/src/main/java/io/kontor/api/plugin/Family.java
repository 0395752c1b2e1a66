package io.kontor.api.plugin;

/** The names of the families. A family is a kind of question that operators ask of plugins, and a package of this API. */
public final class Family {

    /** Which products to show: {@code io.kontor.api.recommend}. */
    public static final String RECOMMEND = "recommend";
    /** How much will sell and how much to order: {@code io.kontor.api.inventory}. */
    public static final String INVENTORY = "inventory";
    /** What to charge: {@code io.kontor.api.pricing}. */
    public static final String PRICING = "pricing";
    /** Whether to trust a transaction: {@code io.kontor.api.risk}. */
    public static final String RISK = "risk";
    /** Where records come from: {@code io.kontor.api.source}. */
    public static final String SOURCE = "source";

    private Family() {
    }
}

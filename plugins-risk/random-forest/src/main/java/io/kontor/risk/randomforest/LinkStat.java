package io.kontor.risk.randomforest;

/** What is known of the earlier payments that share a key with a payment. Missing when the payment does not name the key. */
enum LinkStat {
    /** How many within an hour. */
    COUNT_HOUR("payments"),
    /** How many within 24 hours. */
    COUNT_DAY("payments"),
    /** How many within 7 days. */
    COUNT_WEEK("payments"),
    /** How many within 30 days. */
    COUNT_MONTH("payments"),
    /** Their amounts within 24 hours. */
    SUM_DAY("payments"),
    /** The amount divided by the mean of the earlier ones; missing without any. */
    RATIO("usual-amount"),
    /** Hours since the last one; missing without any. */
    HOURS_SINCE_LAST("history"),
    /** Days since the first one that is known; 0 without any. */
    DAYS_KNOWN("history"),
    /** How many customers, that of the payment included. */
    CUSTOMERS("shared"),
    /** How many cards, that of the payment included. */
    CARDS("shared"),
    /** How many devices, that of the payment included. */
    DEVICES("shared"),
    /** How many countries, that of the payment included. */
    COUNTRIES("shared");

    private final String topic;

    LinkStat(String topic) {
        this.topic = topic;
    }

    /** What it tells about; figures of one topic give one reason. */
    String topic() {
        return topic;
    }
}

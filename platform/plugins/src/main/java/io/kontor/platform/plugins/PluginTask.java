package io.kontor.platform.plugins;

/**
 * Something that a plugin can do by the clock: what the platform does for every plugin of a kind, or a task that it brings. Immutable.
 *
 * @param id unique within the plugin
 * @param title in the language asked for
 * @param cron when it is done unless the operator says otherwise: five fields, perhaps with {@code H} for the minute; empty when only on
 *        demand
 * @param enabled whether it is done from the start
 * @param job the type of job that does it
 */
public record PluginTask(String id, String title, String cron, boolean enabled, String job) {

    /** The task, and the type of job, that trains a plugin's model. */
    public static final String TRAIN = "train";

    /** The task, and the type of job, that looks whether a plugin's model still fits. */
    public static final String MONITOR = "monitor";

    /** The task that looks at all products of the store and leaves proposals. */
    public static final String PLAN = "plan";

    /** The task, and the type of job, that reads a data source. */
    public static final String READ = "read";

    /** The type of job that plans orders. */
    public static final String REPLENISHMENT_PLAN = "replenishment-plan";

    /** The type of job that plans prices. */
    public static final String PRICE_PLAN = "price-plan";

    /** The type of job that does a task which the plugin brings. */
    public static final String OWN = "task";
}

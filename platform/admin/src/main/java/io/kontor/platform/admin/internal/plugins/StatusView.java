package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.jobs.Job;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a plugin of a store does, and its latest training.
 *
 * @param plugin the plugin
 * @param training the job; null when there was none lately
 */
public record StatusView(PluginEntry plugin, Job training) {

    /**
     * Whether to ask again soon.
     *
     * @return true while the training goes on or the plugin starts
     */
    public boolean live() {
        return training != null && !training.state().ended();
    }

    /**
     * One metric of the training's result.
     *
     * @param model its value for the new model
     * @param baseline its value for the baseline; NaN when there is none
     */
    public record Metric(double model, double baseline) {
    }

    /**
     * What the training measured.
     *
     * @return metrics by name; empty when it measured nothing or has not ended well
     */
    public Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        if (result("metrics") instanceof Map<?, ?> model) {
            Map<?, ?> baseline = result("baseline") instanceof Map<?, ?> given ? given : Map.of();
            model.forEach((name, value) -> metrics.put(String.valueOf(name), new Metric(number(value), number(baseline.get(name)))));
        }
        return metrics;
    }

    /**
     * Whether the trained model serves now.
     *
     * @return true when it was promoted
     */
    public boolean promoted() {
        return Boolean.TRUE.equals(result("promoted"));
    }

    /**
     * Why it was promoted or not.
     *
     * @return one sentence
     */
    public String verdict() {
        return String.valueOf(result("reason"));
    }

    private Object result(String name) {
        return training == null || training.result() == null ? null : training.result().get(name);
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}

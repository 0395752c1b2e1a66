package io.kontor.platform.monitoring;

import io.kontor.api.metric.PopulationStability;
import java.util.ArrayList;
import java.util.List;

/**
 * What opens a problem of a plugin for a store, and whether a training follows. Immutable.
 *
 * @param index the population stability index from which a column or the answers have changed; 0.05 to 5
 * @param significance the chance that one look opens any problem of changed shares when nothing has changed, were all rows independent; 0.0001
 *     to 0.2
 * @param outcomePercent by how much the share of known outcomes must fall; 5 to 100
 * @param qualityPercent by how much the primary metric must be worse than at the training, beyond its interval; 1 to 1000
 * @param retrain whether a training is started when a problem is open
 * @param coolDownHours how long no other training is started after one; 1 to 2160
 */
public record MonitoringPolicy(double index, double significance, double outcomePercent, double qualityPercent, boolean retrain,
        int coolDownHours) {

    /** What holds where nobody said anything else. */
    public static final MonitoringPolicy DEFAULT = new MonitoringPolicy(PopulationStability.GREAT_CHANGE, 0.01, 50, 20, false, 72);

    /**
     * A value out of range.
     *
     * @param field its name
     * @param least the smallest value
     * @param most the greatest value
     */
    public record Fault(String field, double least, double most) {

        /**
         * What it must be, in words.
         *
         * @return the rest of a sentence that begins with the field's name
         */
        public String message() {
            return "must be from " + text(least) + " to " + text(most);
        }

        private static String text(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }

    /**
     * What is out of range.
     *
     * @return empty when all is well
     */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        between(faults, "index", index, 0.05, 5);
        between(faults, "significance", significance, 0.0001, 0.2);
        between(faults, "outcomePercent", outcomePercent, 5, 100);
        between(faults, "qualityPercent", qualityPercent, 1, 1_000);
        between(faults, "coolDownHours", coolDownHours, 1, 2_160);
        return faults;
    }

    private static void between(List<Fault> faults, String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            faults.add(new Fault(field, least, most));
        }
    }
}

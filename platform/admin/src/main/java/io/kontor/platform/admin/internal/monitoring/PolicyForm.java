package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form of a policy.
 *
 * @param values what stands in its fields, by name
 * @param faults what is wrong, by name
 * @param policy what the fields say; null when something is wrong
 */
public record PolicyForm(Map<String, String> values, Map<String, String> faults, MonitoringPolicy policy) {

    /** The fields with numbers, in their order. */
    public static final List<String> NUMBERS = List.of("index", "significance", "outcomePercent", "qualityPercent", "coolDownHours");

    private static final String RETRAIN = "retrain";

    static PolicyForm of(MonitoringPolicy policy) {
        Map<String, String> values = new TreeMap<>();
        values.put("index", plain(policy.index()));
        values.put("significance", plain(policy.significance()));
        values.put("outcomePercent", plain(policy.outcomePercent()));
        values.put("qualityPercent", plain(policy.qualityPercent()));
        values.put("coolDownHours", plain(policy.coolDownHours()));
        values.put(RETRAIN, Boolean.toString(policy.retrain()));
        return new PolicyForm(values, Map.of(), policy);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    static PolicyForm read(Visit visit) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> faults = new TreeMap<>();
        Map<String, Double> numbers = new TreeMap<>();
        for (String name : NUMBERS) {
            values.put(name, visit.field(name));
            try {
                numbers.put(name, Double.valueOf(visit.field(name)));
            } catch (NumberFormatException e) {
                numbers.put(name, Double.NaN);
            }
        }
        values.put(RETRAIN, Boolean.toString(visit.has(RETRAIN)));
        double hours = numbers.get("coolDownHours");
        MonitoringPolicy policy = new MonitoringPolicy(numbers.get("index"), numbers.get("significance"), numbers.get("outcomePercent"),
                numbers.get("qualityPercent"), visit.has(RETRAIN), hours == Math.rint(hours) ? (int) hours : 0);
        policy.faults().forEach(fault -> faults.put(fault.field(), visit.text("monitoring.range", visit.format().number(fault.least(), 4),
                visit.format().number(fault.most(), 4))));
        return new PolicyForm(values, faults, faults.isEmpty() ? policy : null);
    }
}

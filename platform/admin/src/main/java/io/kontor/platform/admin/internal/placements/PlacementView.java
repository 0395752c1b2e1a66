package io.kontor.platform.admin.internal.placements;

import io.kontor.platform.admin.internal.shell.Visit;
import java.util.List;
import java.util.Map;

/**
 * A placement in its form.
 *
 * @param id its id; empty for a new one
 * @param fields what stands in the form
 * @param plugins the recommenders that can be chosen
 * @param faults what is wrong, by the field's path
 * @param preview what it would answer; null before it was asked
 * @param may whether the visitor may keep it
 * @param changes how it came to be what it is, the latest first
 */
public record PlacementView(String id, PlacementFields fields, List<Choice> plugins, Map<String, String> faults, PreviewPicture preview,
        boolean may, List<Changed> changes) {

    /**
     * A plugin that can be chosen.
     *
     * @param id the plugin's id
     * @param title what it is called
     * @param enabled whether the store has it
     */
    public record Choice(String id, String title, boolean enabled) {
    }

    /**
     * A change.
     *
     * @param version its number
     * @param time when, in words
     * @param by who
     */
    public record Changed(String version, String time, String by) {
    }

    /**
     * What is wrong with a field.
     *
     * @param path the field's path
     * @return in the visitor's language; empty when nothing
     */
    public String fault(String path) {
        return faults.getOrDefault(path, "");
    }

    /**
     * What is wrong with a rule, in whichever of its fields.
     *
     * @param row its number
     * @return in the visitor's language; empty when nothing
     */
    public String faultOf(int row) {
        return faults.entrySet().stream().filter(each -> each.getKey().startsWith("rules[" + row + "]")).map(Map.Entry::getValue)
                .findFirst().orElse("");
    }

    /**
     * Where the form goes.
     *
     * @param visit the request
     * @return the address
     */
    public String target(Visit visit) {
        return id.isEmpty() ? visit.storeUrl("placement") : visit.storeUrl("placements", id);
    }
}

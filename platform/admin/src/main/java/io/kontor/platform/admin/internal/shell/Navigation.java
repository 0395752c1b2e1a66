package io.kontor.platform.admin.internal.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The navigation of one visit.
 *
 * @param groups in order, without empty ones
 * @param current the path of the entry that the visit belongs to; empty for none
 */
public record Navigation(List<Section> groups, String current) {

    /**
     * A part of the navigation.
     *
     * @param group which one
     * @param entries in order
     */
    public record Section(NavEntry.Group group, List<NavEntry> entries) {
    }

    static Navigation of(List<NavEntry> entries, Visit visit) {
        Map<NavEntry.Group, List<NavEntry>> byGroup = new EnumMap<>(NavEntry.Group.class);
        String current = "";
        for (NavEntry entry : entries) {
            boolean ofStore = entry.group().ofStore();
            if (ofStore ? visit.store() != null && visit.may(entry.role()) : visit.principal().has(entry.role(), null)) {
                byGroup.computeIfAbsent(entry.group(), group -> new ArrayList<>()).add(entry);
                if (belongs(visit.here(), entry.path()) && entry.path().length() > current.length()) {
                    current = entry.path();
                }
            }
        }
        List<Section> groups = new ArrayList<>();
        byGroup.forEach((group, list) -> {
            list.sort(Comparator.comparingInt(NavEntry::order).thenComparing(NavEntry::label));
            groups.add(new Section(group, list));
        });
        return new Navigation(groups, current);
    }

    private static boolean belongs(String here, String path) {
        return here.equals(path) || here.startsWith(path + "/");
    }
}

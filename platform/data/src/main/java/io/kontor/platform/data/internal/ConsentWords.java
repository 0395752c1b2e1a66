package io.kontor.platform.data.internal;

import io.kontor.api.privacy.Purpose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Purposes as records and events name them: separated by blanks, commas, semicolons or bars. */
final class ConsentWords {

    /** That a customer has agreed to nothing. */
    static final String NONE = "none";
    /** The type of an event by which a customer agrees. */
    static final String AGREES = "consent";
    /** The type of an event by which a customer objects. */
    static final String OBJECTS = "objection";
    /** Which events are deeds: those that tell of no product are not. */
    static final String DEEDS = "type not in ('search', '" + AGREES + "', '" + OBJECTS + "')";

    private ConsentWords() {
    }

    static boolean told(String eventType) {
        return eventType.equals(AGREES) || eventType.equals(OBJECTS);
    }

    /**
     * The purposes that a text names.
     *
     * @param column where it stands
     * @param text what was written
     * @return the purposes; empty for {@link #NONE}
     * @throws RowRefusedException when it names something else
     */
    static Set<Purpose> read(String column, String text) throws RowRefusedException {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        if (text.strip().equals(NONE)) {
            return purposes;
        }
        for (String word : text.strip().split("[\\s,;|]+")) {
            purposes.add(Purpose.of(word).orElseThrow(() -> new RowRefusedException(column, column + " must name some of "
                    + String.join(", ", all()) + ", or " + NONE)));
        }
        return purposes;
    }

    /** How they are kept. */
    static String written(Set<Purpose> purposes) {
        return purposes.isEmpty() ? NONE : String.join(" ", purposes.stream().map(Purpose::path).toList());
    }

    private static List<String> all() {
        List<String> names = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            names.add(purpose.path());
        }
        return names;
    }
}

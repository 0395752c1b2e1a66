package io.kontor.platform.decisions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Two or more definitions of a placement that are tried side by side. The same record is the JSON of the API and of the database: what is
 * missing there is null or takes its default here. Immutable.
 *
 * @param id names it, as ids of stores do; it decides who sees what, so that another id draws anew
 * @param title what people call it; the id when missing
 * @param placement the id of the placement
 * @param variants what is tried; the first is what the others are compared with
 * @param minDays for how many days it should run at least, so that each day of the week counts; 14 when missing
 * @param minUnits how many customers and visitors each variant should have at least; 100 when missing
 * @param startedAt when it began; null before it is kept
 * @param startedBy who began it
 * @param finishedAt when it ended; null while it runs
 * @param winner the variant that became the placement; null while it runs, or when it ended without one
 */
public record Experiment(String id, String title, String placement, List<Variant> variants, Integer minDays, Integer minUnits,
        Instant startedAt, String startedBy, Instant finishedAt, String winner) {

    private static final int USUAL_DAYS = 14;
    private static final int USUAL_UNITS = 100;

    /**
     * One of the definitions.
     *
     * @param id names it within the experiment
     * @param title what people call it; the id when missing
     * @param share how much of the visitors it gets, in any unit, above 0
     * @param definition how lists come about; its id, title and kind are those of the placement; null for the placement as it is
     */
    public record Variant(String id, String title, Double share, Placement definition) {

        /** Puts 1 in the place of a missing share. */
        public Variant {
            share = share == null ? 1 : share;
        }

        /**
         * What people call it.
         *
         * @return the title, or the id when it has none
         */
        public String name() {
            return title == null || title.isBlank() ? id : title;
        }
    }

    /** Puts defaults in the place of what is missing. */
    public Experiment {
        variants = variants == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(variants));
        minDays = minDays == null ? USUAL_DAYS : minDays;
        minUnits = minUnits == null ? USUAL_UNITS : minUnits;
    }

    /**
     * What people call it.
     *
     * @return the title, or the id when it has none
     */
    public String name() {
        return title == null || title.isBlank() ? id : title;
    }

    /**
     * Whether it has an effect.
     *
     * @return true from the beginning to the end
     */
    public boolean running() {
        return startedAt != null && finishedAt == null;
    }

    /**
     * The same experiment, begun.
     *
     * @param time when
     * @param by who began it
     * @return the experiment
     */
    public Experiment started(Instant time, String by) {
        return new Experiment(id, title, placement, variants, minDays, minUnits, time, by, null, null);
    }

    /**
     * The same experiment, ended.
     *
     * @param time when
     * @param best the variant that won; null for none
     * @return the experiment
     */
    public Experiment finished(Instant time, String best) {
        return new Experiment(id, title, placement, variants, minDays, minUnits, startedAt, startedBy, time, best);
    }
}

package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.plugins.PluginTask;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may be put into a schedule. */
final class ScheduleTerms {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private ScheduleTerms() {
    }

    static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new ScheduleRefusedException("id", "An id has 1 to 63 characters a to z, 0 to 9 or hyphen and begins with none.");
        }
    }

    /**
     * The next run after a time, be it enabled or not.
     *
     * @throws ScheduleRefusedException when one of the terms is wrong in itself
     */
    static Instant next(Schedule.Terms terms, Instant after) {
        required("plugin", terms.plugin(), 255);
        required("task", terms.task(), 50);
        required("cron", terms.cron(), 200);
        required("timeZone", terms.timeZone(), 64);
        return new CronClock(terms.cron(), terms.timeZone()).next(after)
                .orElseThrow(() -> new ScheduleRefusedException("cron", "\"" + terms.cron() + "\" never comes."));
    }

    private static void required(String field, String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest) {
            throw new ScheduleRefusedException(field, "A schedule needs a " + field + " of at most " + longest + " characters.");
        }
    }

    /**
     * Checks that the store's plugin can do what is asked of it.
     *
     * @throws ScheduleRefusedException when it cannot
     */
    static void checkOffered(String store, Schedule.Terms terms, TaskOffers offers) {
        if (!offers.enabled(store, terms.plugin())) {
            throw new ScheduleRefusedException("plugin", "The plugin \"" + terms.plugin() + "\" is not enabled for this store.");
        }
        TaskOffers.Offer offer = offers.find(store, terms.plugin(), Locale.ENGLISH).orElseThrow(() -> new ScheduleRefusedException("plugin",
                "The bundle of the plugin \"" + terms.plugin() + "\" is not installed in the version that this store uses."));
        if (offer.task(terms.task()).isEmpty()) {
            throw new ScheduleRefusedException("task", "The plugin has no task \"" + terms.task() + "\"; "
                    + (offer.tasks().isEmpty() ? "it has none." : "it has: "
                    + offer.tasks().stream().map(PluginTask::id).collect(Collectors.joining(", ")) + "."));
        }
    }
}

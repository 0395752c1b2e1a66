package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.plugins.PluginTask;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Describes stored schedules in a language. */
final class ScheduleWords {

    private static final String TEXTS = "io.kontor.platform.jobs.schedules";

    private final TaskOffers offers;
    private final Locale locale;

    ScheduleWords(TaskOffers offers, Locale locale) {
        this.offers = offers;
        this.locale = locale;
    }

    Schedule describe(ScheduleEntity schedule, Job.State lastState) {
        Optional<TaskOffers.Offer> offer = offers.find(schedule.store, schedule.plugin, locale);
        Optional<String> waiting = waiting(schedule, offer);
        return new Schedule(schedule.store, schedule.id, schedule.terms(),
                offer.flatMap(present -> present.task(schedule.task)).map(PluginTask::title).orElse(schedule.task),
                offer.map(TaskOffers.Offer::title).orElse(schedule.plugin), waiting, waiting.isPresent() ? null : schedule.nextRun,
                schedule.lastRun, schedule.lastJob, lastState);
    }

    /** Why nothing can be done; empty when all is there. */
    Optional<String> waiting(ScheduleEntity schedule) {
        return waiting(schedule, offers.find(schedule.store, schedule.plugin, locale));
    }

    private Optional<String> waiting(ScheduleEntity schedule, Optional<TaskOffers.Offer> offer) {
        if (offer.isPresent()) {
            return offer.get().task(schedule.task).isPresent() ? Optional.empty() : Optional.of(text("task", schedule));
        }
        return Optional.of(text(offers.enabled(schedule.store, schedule.plugin) ? "bundle" : "disabled", schedule));
    }

    private String text(String key, ScheduleEntity schedule) {
        ResourceBundle texts = ResourceBundle.getBundle(TEXTS, locale, ScheduleWords.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return MessageFormat.format(texts.getString(key), schedule.plugin, schedule.task);
    }
}

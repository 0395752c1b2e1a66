package io.kontor.platform.admin.internal.schedules;

import io.kontor.api.KontorException;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.security.Role;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plugins do by the clock: when, how it went, and changes of that. */
@Component(service = Pages.class)
public final class SchedulePages implements Pages {

    private final Schedules schedules;

    /**
     * Made by Declarative Services.
     *
     * @param schedules of all stores
     */
    @Activate
    public SchedulePages(@Reference Schedules schedules) {
        this.schedules = schedules;
    }

    /**
     * A schedule in words.
     *
     * @param schedule the schedule
     * @param when its times in words; the expression itself when it is an unusual one
     * @param zone the time zone that these mean
     */
    public record Line(Schedule schedule, String when, String zone) {

        /**
         * Says a schedule in words.
         *
         * @param visit the request
         * @param schedule the schedule
         * @return the same in the visitor's language
         */
        public static Line of(Visit visit, Schedule schedule) {
            return new Line(schedule, CronWords.of(visit, schedule.terms().cron()).orElse(schedule.terms().cron()),
                    schedule.terms().timeZone() == null ? visit.store().timeZone().getId() : schedule.terms().timeZone());
        }
    }

    /**
     * The schedules of a store.
     *
     * @param lines by id
     */
    public record ScheduleList(List<Line> lines) {
    }

    /**
     * The form that changes a schedule.
     *
     * @param line the schedule as it is
     * @param cron what the person wrote
     * @param timeZone what the person wrote; empty for the store's
     * @param field the field at fault; empty when none is
     * @param fault what is wrong with it
     * @param zones time zones to choose from
     */
    public record Form(Line line, String cron, String timeZone, String field, String fault, Iterable<String> zones) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/schedules", Role.VIEWER, this::list),
                Route.get("/stores/{store}/schedules/{schedule}", Role.OPERATOR, this::edit),
                Route.post("/stores/{store}/schedules/{schedule}", Role.OPERATOR, this::change),
                Route.post("/stores/{store}/schedules/{schedule}/run", Role.OPERATOR, this::run),
                Route.post("/stores/{store}/schedules/{schedule}/pause", Role.OPERATOR, visit -> enable(visit, false)),
                Route.post("/stores/{store}/schedules/{schedule}/resume", Role.OPERATOR, visit -> enable(visit, true)),
                Route.post("/stores/{store}/schedules/{schedule}/delete", Role.OPERATOR, this::delete));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.OPERATION, 30, visit.text("schedules.title"),
                "/stores/" + visit.store().id() + "/schedules", "clock", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        return Answer.html("schedules/list", new ScheduleList(schedules.list(visit.store().id(), visit.locale()).stream()
                .map(schedule -> Line.of(visit, schedule)).toList()));
    }

    private Schedule schedule(Visit visit) {
        return schedules.find(visit.store().id(), visit.path("schedule"), visit.locale()).orElseThrow(() -> Refusal.missing(visit));
    }

    private static Answer back(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/schedules");
    }

    private Answer edit(Visit visit) {
        Schedule schedule = schedule(visit);
        Schedule.Terms terms = schedule.terms();
        return Answer.html("schedules/edit", form(visit, schedule, terms.cron(), terms.timeZone() == null ? "" : terms.timeZone(), "", ""));
    }

    private static Form form(Visit visit, Schedule schedule, String cron, String timeZone, String field, String fault) {
        return new Form(Line.of(visit, schedule), cron, timeZone, field, fault, new TreeSet<>(ZoneId.getAvailableZoneIds()));
    }

    private Answer change(Visit visit) {
        Schedule schedule = schedule(visit);
        Schedule.Terms terms = schedule.terms();
        String cron = visit.field("cron");
        String zone = visit.field("timeZone");
        try {
            schedules.put(visit.store().id(), schedule.id(), new Schedule.Terms(terms.plugin(), terms.task(), cron, zone.isEmpty() ? null : zone,
                    terms.enabled()), visit.locale());
            return back(visit);
        } catch (ScheduleRefusedException e) {
            return Answer.again("schedules/edit", form(visit, schedule, cron, zone, e.field(), fault(visit, e, cron, zone)));
        }
    }

    /** What is wrong, in the visitor's language where it is one of the two fields of the form. */
    private static String fault(Visit visit, ScheduleRefusedException refused, String cron, String zone) {
        return switch (refused.field()) {
            case "cron" -> visit.text("schedules.cron-wrong", cron);
            case "timeZone" -> visit.text("schedules.zone-wrong", zone);
            default -> refused.getMessage();
        };
    }

    private Answer enable(Visit visit, boolean enabled) {
        Schedule schedule = schedule(visit);
        Schedule.Terms terms = schedule.terms();
        try {
            schedules.put(visit.store().id(), schedule.id(), new Schedule.Terms(terms.plugin(), terms.task(), terms.cron(), terms.timeZone(),
                    enabled), visit.locale());
        } catch (ScheduleRefusedException e) {
            throw new Refusal(409, e.getMessage());
        }
        return back(visit);
    }

    private Answer run(Visit visit) {
        try {
            String job = schedules.run(visit.store().id(), visit.path("schedule"), visit.starter())
                    .orElseThrow(() -> Refusal.missing(visit));
            return Answer.to("/stores/" + visit.store().id() + "/jobs/" + job);
        } catch (KontorException e) {
            throw new Refusal(409, e.getMessage());
        }
    }

    private Answer delete(Visit visit) {
        if (!schedules.delete(visit.store().id(), visit.path("schedule"))) {
            throw Refusal.missing(visit);
        }
        return back(visit);
    }
}

package io.kontor.platform.admin.internal.records;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.data.QuarantineDesk;
import io.kontor.platform.data.QuarantineDesk.Correction;
import io.kontor.platform.data.QuarantineDesk.Held;
import io.kontor.platform.data.QuarantineDesk.Outcome;
import io.kontor.platform.data.QuarantineDesk.Verdict;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Rows that were put aside: looked at, corrected and replayed, given up. */
@Component(service = Pages.class)
public final class QuarantinePages implements Pages {

    private static final int A_PAGE = 50;
    private static final String FIELD = "f.";

    private final DataAccess data;
    private final QuarantineDesk desk;

    /**
     * Made by Declarative Services.
     *
     * @param data the records
     * @param desk corrects rows
     */
    @Activate
    public QuarantinePages(@Reference DataAccess data, @Reference QuarantineDesk desk) {
        this.data = data;
        this.desk = desk;
    }

    /**
     * A page of rows that were put aside.
     *
     * @param rows the latest first
     * @param entity the only kind shown; null for all
     * @param counts how many there are of each kind, without those of which there are none
     * @param more the row behind which the next page begins; empty on the last one
     * @param note what became of the row that was dealt with before; empty for none
     */
    public record Aside(List<AsideRow> rows, Entity entity, Map<Entity, Long> counts, String more, String note) {
    }

    /**
     * A row that was put aside.
     *
     * @param row the row
     * @param reason in the visitor's language
     */
    public record AsideRow(Quarantined row, String reason) {
    }

    /**
     * The form in which a row is corrected.
     *
     * @param row the row
     * @param reason why it is there, in the visitor's language
     * @param fields what it has and might have, required ones first
     */
    public record Correcting(Quarantined row, String reason, List<FieldRow> fields) {
    }

    /**
     * A field of the form.
     *
     * @param name the column
     * @param value what is there
     * @param required whether a row needs it
     * @param fault whether it is the one at fault
     */
    public record FieldRow(String name, String value, boolean required, boolean fault) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/quarantine", Role.ANALYST, this::list),
                Route.post("/stores/{store}/quarantine/replay", Role.OPERATOR, this::replayAll),
                Route.get("/stores/{store}/quarantine/{row}", Role.ANALYST, this::show),
                Route.post("/stores/{store}/quarantine/{row}", Role.OPERATOR, this::replay),
                Route.post("/stores/{store}/quarantine/{row}/dismiss", Role.OPERATOR, this::dismiss));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.LEARNING, 30, visit.text("records.quarantine"),
                "/stores/" + visit.store().id() + "/quarantine", "alert", Role.ANALYST));
    }

    private Answer list(Visit visit) {
        String store = visit.store().id();
        Entity entity = Entity.of(visit.field("entity")).orElse(null);
        List<Quarantined> found = data.quarantine(store, entity, number(visit.field("before"), Long.MAX_VALUE), A_PAGE + 1);
        List<AsideRow> rows = found.stream().limit(A_PAGE).map(row -> new AsideRow(row, visit.said(row.reason()))).toList();
        Map<Entity, Long> counts = new EnumMap<>(Entity.class);
        data.extents(store).stream().filter(extent -> extent.quarantined() > 0)
                .forEach(extent -> counts.put(extent.entity(), extent.quarantined()));
        String done = visit.field("done");
        return Answer.html("records/quarantine", new Aside(rows, entity, counts, found.size() > A_PAGE
                ? Long.toString(found.get(A_PAGE - 1).id()) : "", done.isEmpty() ? "" : visit.textOr("records.replayed." + done, "")));
    }

    private Held find(Visit visit) {
        return desk.find(visit.store().id(), number(visit.path("row"), -1)).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        Held held = find(visit);
        return Answer.html("records/correct", form(visit, held, held.fields(), held.row().field(), visit.said(held.row().reason())));
    }

    private static Correcting form(Visit visit, Held held, Map<String, String> values, String fault, String reason) {
        List<FieldRow> rows = new ArrayList<>();
        Set<String> others = new TreeSet<>(values.keySet());
        for (boolean required : new boolean[] {true, false}) {
            held.columns().stream().filter(column -> column.required() == required).forEach(column -> {
                others.remove(column.name());
                rows.add(new FieldRow(column.name(), values.getOrDefault(column.name(), ""), required, column.name().equals(fault)));
            });
        }
        others.forEach(name -> rows.add(new FieldRow(name, values.get(name), false, name.equals(fault))));
        return new Correcting(held.row(), reason, rows);
    }

    private Answer replay(Visit visit) {
        Held held = find(visit);
        Map<String, String> fields = new LinkedHashMap<>();
        visit.fields().forEach((name, value) -> {
            if (name.startsWith(FIELD)) {
                fields.put(name.substring(FIELD.length()), value.isEmpty() ? null : value);
            }
        });
        Outcome outcome;
        try {
            outcome = desk.replay(visit.store().id(), held.row().id(), fields).orElseThrow(() -> Refusal.missing(visit));
        } catch (KontorException e) {
            return Answer.again("records/correct", form(visit, held, written(fields), "", visit.said(e.getMessage())));
        }
        if (outcome.verdict() == Verdict.QUARANTINED) {
            return Answer.again("records/correct", form(visit, find(visit), written(fields), outcome.field(), visit.said(outcome.reason())));
        }
        return back(visit, held, outcome.verdict() == Verdict.STORED ? "stored" : "duplicate");
    }

    private static Map<String, String> written(Map<String, String> fields) {
        Map<String, String> written = new HashMap<>();
        fields.forEach((name, value) -> written.put(name, value == null ? "" : value));
        return written;
    }

    /** Replays all rows of a kind that have the reason of the one shown, with one value set in all. */
    private Answer replayAll(Visit visit) {
        Entity entity = Entity.of(visit.field("entity")).orElseThrow(() -> Refusal.missing(visit));
        String column = visit.field("column");
        String from = visit.field("from");
        Map<String, String> set = new HashMap<>();
        Map<String, Map<String, String>> replace = new HashMap<>();
        if (!column.isEmpty() && from.isEmpty()) {
            set.put(column, visit.field("to").isEmpty() ? null : visit.field("to"));
        } else if (!column.isEmpty()) {
            replace.put(column, Map.of(from, visit.field("to")));
        }
        try {
            return Answer.to("/stores/" + visit.store().id() + "/jobs/" + desk.replayAll(visit.store().id(), new Correction(entity,
                    visit.field("reason").isEmpty() ? null : visit.raw("reason"), set, replace), visit.starter()));
        } catch (KontorException e) {
            throw new Refusal(422, visit.said(e.getMessage()));
        }
    }

    private Answer dismiss(Visit visit) {
        Held held = find(visit);
        if (!desk.dismiss(visit.store().id(), held.row().id())) {
            throw Refusal.missing(visit);
        }
        return back(visit, held, "dismissed");
    }

    private static Answer back(Visit visit, Held held, String done) {
        return Answer.to("/stores/" + visit.store().id() + "/quarantine?entity=" + held.row().entity().path() + "&done=" + done);
    }

    private static long number(String text, long otherwise) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }
}

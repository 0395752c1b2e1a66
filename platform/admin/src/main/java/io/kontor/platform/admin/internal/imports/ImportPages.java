package io.kontor.platform.admin.internal.imports;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.jobs.JobWords;
import io.kontor.platform.admin.internal.jobs.Outcome;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.Imports;
import io.kontor.platform.data.Uploads;
import io.kontor.platform.data.Uploads.Layout;
import io.kontor.platform.data.Uploads.Upload;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * From a file to records: send it, sort its columns, check it, import it. The file waits on the server between the steps; the choices travel
 * with the addresses and forms.
 */
@Component(service = Pages.class)
public final class ImportPages implements Pages {

    private static final int LONGEST_NAME = 200;

    private final Uploads uploads;
    private final Jobs jobs;
    private final JobWords words;

    /**
     * Made by Declarative Services.
     *
     * @param uploads keep files between the steps
     * @param jobs check and import them
     * @param words say how far that is
     */
    @Activate
    public ImportPages(@Reference Uploads uploads, @Reference Jobs jobs, @Reference JobWords words) {
        this.uploads = uploads;
        this.jobs = jobs;
        this.words = words;
    }

    /**
     * Where an import begins.
     *
     * @param entity which records are chosen at first
     * @param layouts how each is written
     */
    public record Start(Entity entity, Map<Entity, Layout> layouts) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/import", Role.OPERATOR, this::start),
                Route.post("/stores/{store}/import", Role.OPERATOR, this::receive),
                Route.get("/stores/{store}/import/{upload}", Role.OPERATOR, this::columns),
                Route.post("/stores/{store}/import/{upload}", Role.OPERATOR, this::submit),
                Route.get("/stores/{store}/import/{upload}/check/{job}", Role.OPERATOR, this::check));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.LEARNING, 20, visit.text("imports.title"),
                "/stores/" + visit.store().id() + "/import", "upload", Role.OPERATOR));
    }

    private Answer start(Visit visit) {
        Map<Entity, Layout> layouts = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            layouts.put(entity, uploads.layout(entity));
        }
        return Answer.html("imports/start", new Start(entity(visit), layouts));
    }

    private static Entity entity(Visit visit) {
        return Entity.of(visit.field("entity")).orElse(Entity.PRODUCTS);
    }

    private Answer receive(Visit visit) throws IOException {
        String name = visit.field("fileName");
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        try {
            Upload upload = uploads.receive(visit.store().id(), owner(visit), shown, visit.body());
            return Answer.to(path(visit, upload.id()) + "?entity=" + entity(visit).path());
        } catch (KontorException e) {
            return Answer.again("imports/refused", visit.said(e.getMessage()));
        }
    }

    private static String owner(Visit visit) {
        return visit.principal().name();
    }

    private static String path(Visit visit, String upload) {
        return "/stores/" + visit.store().id() + "/import/" + upload;
    }

    private Upload upload(Visit visit) {
        return uploads.find(visit.store().id(), owner(visit), visit.path("upload"))
                .orElseThrow(() -> new Refusal(404, visit.text("imports.gone")));
    }

    private Answer columns(Visit visit) {
        Upload upload = upload(visit);
        Entity entity = entity(visit);
        Layout layout = uploads.layout(entity);
        Sorting sorting = Sorting.given(visit) ? Sorting.of(visit, upload.columns().size())
                : new Sorting(Guesses.of(entity, upload.columns(), layout));
        return Answer.html("imports/columns", ColumnsView.of(upload, entity, layout, sorting));
    }

    private Answer submit(Visit visit) throws IOException {
        Upload upload = upload(visit);
        Entity entity = entity(visit);
        Layout layout = uploads.layout(entity);
        Sorting sorting = Sorting.of(visit, upload.columns().size());
        ColumnsView view = ColumnsView.of(upload, entity, layout, sorting);
        Map<Integer, String> faults = sorting.faults(layout);
        List<String> missing = sorting.missing(layout);
        if (!faults.isEmpty() || !missing.isEmpty()) {
            return Answer.again("imports/columns", view.with(faults, missing, ""));
        }
        boolean dryRun = !visit.field("do").equals("import");
        try {
            String job = uploads.submit(visit.store().id(), owner(visit), upload.id(), entity, sorting.mapping(upload.columns()),
                    sorting.leftOut(upload.columns()), dryRun, visit.starter());
            return dryRun ? Answer.to(path(visit, upload.id()) + "/check/" + job + "?" + query(entity, sorting))
                    : Answer.to("/stores/" + visit.store().id() + "/jobs/" + job);
        } catch (KontorException e) {
            return Answer.again("imports/columns", view.with(Map.of(), List.of(), visit.said(e.getMessage())));
        }
    }

    private static String query(Entity entity, Sorting sorting) {
        StringBuilder query = new StringBuilder("entity=").append(entity.path());
        for (int i = 0; i < sorting.choices().size(); i++) {
            query.append('&').append(Sorting.FIELD).append(i).append('=')
                    .append(URLEncoder.encode(sorting.choices().get(i), StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private Answer check(Visit visit) {
        Upload upload = upload(visit);
        Job job = jobs.find(visit.path("job")).filter(found -> visit.store().id().equals(found.store()) && found.type().equals(Imports.JOB))
                .orElseThrow(() -> Refusal.missing(visit));
        Sorting sorting = Sorting.of(visit, upload.columns().size());
        String query = query(entity(visit), sorting);
        CheckView view = new CheckView(upload, entity(visit), sorting.choices(), words.line(visit, job),
                job.state() == Job.State.SUCCEEDED ? Outcome.of(visit, job) : null, visit.storeUrl("import", upload.id()) + "?" + query,
                visit.storeUrl("import", upload.id(), "check", job.id()) + "?" + query);
        return Answer.html(visit.partial() ? "imports/checking" : "imports/check", view);
    }
}

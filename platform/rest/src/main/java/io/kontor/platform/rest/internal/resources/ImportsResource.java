package io.kontor.platform.rest.internal.resources;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.Imports;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Files of records. */
@Path("stores/{store}/imports/{entity}")
@Component(service = Resource.class)
public final class ImportsResource implements Resource {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    private final Imports imports;
    private final Jobs jobs;

    /**
     * Made by Declarative Services.
     *
     * @param imports takes the files
     * @param jobs runs the imports
     */
    @Activate
    public ImportsResource(@Reference Imports imports, @Reference Jobs jobs) {
        this.imports = imports;
        this.jobs = jobs;
    }

    /** Imports. */
    @POST
    @Consumes({CSV, NDJSON})
    @Requires(Role.OPERATOR)
    @Describe(value = "Imports a file of records; dryRun only checks it.", status = 202)
    public Reply<JobView> start(@PathParam("store") String store, @PathParam("entity") String entity,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, @QueryParam("map") String map, Call call) throws IOException {
        Entity known = Entity.of(entity).orElseThrow(() -> Problem.of(404, "There are no records called \"" + entity + "\"."));
        Imports.Format format = call.header("Content-Type").toLowerCase(Locale.ROOT).startsWith(CSV)
                ? Imports.Format.CSV : Imports.Format.NDJSON;
        try {
            String id = imports.submit(store, known, format, gzip(call.header("Content-Encoding")), mapping(map), dryRun, call.body(),
                    call.starter());
            return JobAnswers.started(jobs, id, call);
        } catch (KontorException e) {
            throw e.kind() == KontorException.Kind.CAPACITY ? Problem.of(413, e.getMessage()) : e;
        }
    }

    private static boolean gzip(String encoding) {
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        } else if (encoding.equalsIgnoreCase("gzip")) {
            return true;
        }
        throw Problem.of(415, "The only Content-Encoding taken is gzip.");
    }

    private static Map<String, String> mapping(String text) {
        Map<String, String> mapping = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split(",")) {
                int colon = pair.indexOf(':');
                if (colon <= 0 || colon == pair.length() - 1 || mapping.put(pair.substring(0, colon), pair.substring(colon + 1)) != null) {
                    throw Problem.field(422, "map", "must look like canonical:theirs,canonical:theirs, each column once");
                }
            }
        }
        return mapping;
    }
}

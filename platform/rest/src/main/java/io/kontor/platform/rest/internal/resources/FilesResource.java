package io.kontor.platform.rest.internal.resources;

import io.kontor.api.KontorException;
import io.kontor.platform.data.StoreFiles;
import io.kontor.platform.data.StoreFiles.StoreFile;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Files of a store that its plugins read, such as models that were trained elsewhere. */
@Path("stores/{store}/files")
@Component(service = Resource.class)
public final class FilesResource implements Resource {

    private static final String BYTES = "application/octet-stream";

    private final StoreFiles files;

    /** A file without its bytes. */
    public record FileView(String name, long sizeBytes, String sha256, Instant uploadedAt, String uploadedBy) {

        static FileView of(StoreFile file) {
            return new FileView(file.name(), file.size(), file.sha256(), file.uploadedAt(), file.uploadedBy());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param files keeps the files
     */
    @Activate
    public FilesResource(@Reference StoreFiles files) {
        this.files = files;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the files that were uploaded for the plugins of a store.")
    public Page<FileView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        List<FileView> all = files.list(store).stream().map(FileView::of).sorted(Comparator.comparing(FileView::name)).toList();
        return Page.of(all, limit, cursor, FileView::name);
    }

    /** Uploads. */
    @PUT
    @Path("{name}")
    @Consumes(BYTES)
    @Requires(Role.OPERATOR)
    @Describe("Uploads a file for the plugins of a store, in place of one of the same name; at most 64 MiB.")
    public FileView put(@PathParam("store") String store, @PathParam("name") String name, Call call) throws IOException {
        try {
            return FileView.of(files.put(store, name, call.body(), call.principal().name()));
        } catch (KontorException e) {
            throw switch (e.kind()) {
                case CAPACITY -> Problem.of(413, e.getMessage());
                case DATA -> Problem.of(422, e.getMessage());
                default -> e;
            };
        }
    }

    /** Gives the bytes. */
    @GET
    @Path("{name}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Gives the bytes of a file.", produces = BYTES)
    public Reply<Void> bytes(@PathParam("store") String store, @PathParam("name") String name) {
        byte[] bytes = files.bytes(store, name).orElseThrow(() -> gone(name));
        return Reply.<Void>streaming(BYTES, out -> out.write(bytes)).with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /** Removes. */
    @DELETE
    @Path("{name}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes a file; models that were made of it stay.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("name") String name) {
        if (!files.remove(store, name)) {
            throw gone(name);
        }
        return Reply.of(204, null);
    }

    private static Problem gone(String name) {
        return Problem.of(404, "There is no file \"" + name + "\".");
    }
}

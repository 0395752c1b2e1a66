package io.kontor.platform.rest.internal.resources;

import io.kontor.api.KontorException;
import io.kontor.platform.data.ProductPictures;
import io.kontor.platform.data.ProductPictures.KeptPicture;
import io.kontor.platform.jobs.Jobs;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pictures of a store's products. */
@Path("stores/{store}/pictures")
@Component(service = Resource.class)
public final class PicturesResource implements Resource {

    private static final String KEPT = "image/jpeg";

    private final ProductPictures pictures;
    private final Jobs jobs;

    /** A picture without its bytes; the size is that of the small one that is kept. */
    public record PictureView(String name, int width, int height, Instant uploadedAt, String uploadedBy) {

        static PictureView of(KeptPicture picture) {
            return new PictureView(picture.name(), picture.width(), picture.height(), picture.uploadedAt(), picture.uploadedBy());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param pictures keeps the pictures
     * @param jobs unpack archives
     */
    @Activate
    public PicturesResource(@Reference ProductPictures pictures, @Reference Jobs jobs) {
        this.pictures = pictures;
        this.jobs = jobs;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the pictures of products that were uploaded.")
    public Page<PictureView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        List<PictureView> some = pictures.list(store, cursor == null ? "" : cursor, Page.limit(limit) + 1).stream().map(PictureView::of)
                .toList();
        return Page.cut(some, limit, PictureView::name);
    }

    /** Uploads many. */
    @POST
    @Consumes("application/zip")
    @Requires(Role.OPERATOR)
    @Describe(value = "Uploads the pictures of a ZIP archive, each in place of one of the same name; a product shows the one that its imageUrl"
            + " names, or ends with. The result of the job tells how many are stored, and names files that are no pictures and were left out.",
            status = 202)
    public Reply<JobView> putAll(@PathParam("store") String store, Call call) throws IOException {
        try {
            return JobAnswers.started(jobs, pictures.submit(store, call.body(), call.starter()), call);
        } catch (KontorException e) {
            throw refused(e);
        }
    }

    /** Uploads one. */
    @PUT
    @Path("{name: .+}")
    @Consumes({KEPT, "image/png", "image/gif", "image/bmp", "image/webp", "application/octet-stream"})
    @Requires(Role.OPERATOR)
    @Describe("Uploads a picture of a product, in place of one of the same name; at most 16 MiB, of which a small one is kept.")
    public PictureView put(@PathParam("store") String store, @PathParam("name") String name, Call call) throws IOException {
        try {
            return PictureView.of(pictures.put(store, name, call.body(), call.principal().name()));
        } catch (KontorException e) {
            throw refused(e);
        }
    }

    private static RuntimeException refused(KontorException e) {
        return switch (e.kind()) {
            case CAPACITY -> Problem.of(413, e.getMessage());
            case DATA -> Problem.of(422, e.getMessage());
            default -> e;
        };
    }

    /** Gives the small picture. */
    @GET
    @Path("{name: .+}")
    @Requires(Role.VIEWER)
    @Describe(value = "Gives a picture as it is kept.", produces = KEPT)
    public Reply<Void> bytes(@PathParam("store") String store, @PathParam("name") String name) {
        byte[] bytes = pictures.bytes(store, name).orElseThrow(() -> gone(name));
        return Reply.streaming(KEPT, out -> out.write(bytes));
    }

    /** Removes. */
    @DELETE
    @Path("{name: .+}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes a picture; models that have looked at it stay.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("name") String name) {
        if (!pictures.remove(store, name)) {
            throw gone(name);
        }
        return Reply.of(204, null);
    }

    private static Problem gone(String name) {
        return Problem.of(404, "There is no picture \"" + name + "\".");
    }
}

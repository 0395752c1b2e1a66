package io.kontor.platform.admin.internal.records;

import io.kontor.api.KontorException;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.data.ProductPictures;
import io.kontor.platform.data.ProductPictures.KeptPicture;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pictures of products: sent, looked through, shown beside products, removed. */
@Component(service = Pages.class)
public final class PicturePages implements Pages {

    private static final int PAGE = 48;

    private final ProductPictures pictures;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param pictures keeps the pictures
     * @param names knows which one a product shows
     */
    @Activate
    public PicturePages(@Reference ProductPictures pictures, @Reference Names names) {
        this.pictures = pictures;
        this.names = names;
    }

    /**
     * Some of a store's pictures.
     *
     * @param count how many there are in all
     * @param rows this page's
     * @param next address of the next page; empty when there is none
     */
    public record PictureList(int count, List<Row> rows, String next) {
    }

    /** A picture: its name, where its bytes are, and when it came. */
    public record Row(String name, String source, String uploaded) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/data/pictures", Role.VIEWER, this::list),
                Route.post("/stores/{store}/data/pictures", Role.OPERATOR, this::receive),
                Route.post("/stores/{store}/data/pictures/remove", Role.OPERATOR, this::remove),
                Route.get("/stores/{store}/data/pictures/file", Role.VIEWER, this::file),
                Route.get("/stores/{store}/data/pictures/of", Role.VIEWER, this::ofProduct));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of();
    }

    private Answer list(Visit visit) {
        String store = visit.store().id();
        List<KeptPicture> found = pictures.list(store, visit.field("after"), PAGE + 1);
        List<Row> rows = found.stream().limit(PAGE).map(kept -> new Row(kept.name(),
                visit.storeUrl("data", "pictures", "file") + "?name=" + escape(kept.name()), visit.format().time(kept.uploadedAt()))).toList();
        return Answer.html("records/pictures", new PictureList(pictures.count(store), rows,
                found.size() > PAGE ? visit.storeUrl("data", "pictures") + "?after=" + escape(found.get(PAGE - 1).name()) : ""));
    }

    private Answer receive(Visit visit) throws IOException {
        String store = visit.store().id();
        String name = visit.field("fileName");
        try {
            if (name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
                return Answer.to("/stores/" + store + "/jobs/" + pictures.submit(store, visit.body(), visit.starter()));
            }
            return Answer.html("records/received", pictures.put(store, name, visit.body(), visit.principal().name()));
        } catch (KontorException e) {
            return Answer.again("imports/refused", visit.said(e.getMessage()));
        }
    }

    private Answer remove(Visit visit) {
        if (!pictures.remove(visit.store().id(), visit.field("name"))) {
            throw Refusal.missing(visit);
        }
        return Answer.to("/stores/" + visit.store().id() + "/data/pictures");
    }

    private Answer file(Visit visit) {
        return picture(pictures.bytes(visit.store().id(), visit.field("name")).orElseThrow(() -> Refusal.missing(visit)));
    }

    private Answer ofProduct(Visit visit) {
        return picture(names.find(visit, visit.field("product")).flatMap(product -> pictures.shown(visit.store().id(), product.imageUrl()))
                .orElseThrow(() -> Refusal.missing(visit)));
    }

    private static Answer picture(byte[] bytes) {
        return new Answer.Stream("image/jpeg", null, out -> out.write(bytes));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

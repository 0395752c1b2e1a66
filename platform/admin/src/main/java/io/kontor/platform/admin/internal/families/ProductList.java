package io.kontor.platform.admin.internal.families;

import io.kontor.api.data.Product;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.Catalogue;
import io.kontor.platform.data.Demands;
import io.kontor.platform.decisions.Proposals;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets a visitor choose a product: from the catalogue, or from what was sold where a store has no catalogue. */
@Component(service = ProductList.class)
public final class ProductList {

    private static final int PAGE = 25;

    private final Catalogue catalogue;
    private final Demands demands;
    private final Proposals proposals;

    /**
     * Made by Declarative Services.
     *
     * @param catalogue searches products
     * @param demands knows what was sold
     * @param proposals tells what waits
     */
    @Activate
    public ProductList(@Reference Catalogue catalogue, @Reference Demands demands, @Reference Proposals proposals) {
        this.catalogue = catalogue;
        this.demands = demands;
        this.proposals = proposals;
    }

    /**
     * The page of a family where no product is chosen yet.
     *
     * @param visit the request
     * @param family the family's name, which is also the page's
     * @param icon see {@code part/icon.jte}
     * @return the page
     */
    public Answer page(Visit visit, String family, String icon) {
        String query = visit.field("q");
        String after = visit.field("after");
        List<Product> found = catalogue.search(visit.store().id(), query, after, PAGE + 1);
        if (found.isEmpty() && after.isEmpty()) {
            found = sold(visit, query);
        }
        String action = visit.storeUrl(family);
        List<ProductListView.Row> rows = found.stream().limit(PAGE).map(product -> new ProductListView.Row(
                action + "?product=" + escape(product.id()), product.title().isBlank() ? product.id() : product.title(), product.id(),
                product.category(), product.price() >= 0 ? visit.format().money(product.price()) : "–", product.active())).toList();
        String next = found.size() > PAGE ? action + "?q=" + escape(query) + "&after=" + escape(found.get(PAGE - 1).id()) : "";
        return Answer.html("families/products", new ProductListView(visit.text("families." + family),
                visit.text("families." + family + ".subtitle"), icon, action, query, rows, next,
                proposals.pending(visit.store().id()).getOrDefault(family, 0L)));
    }

    private List<Product> sold(Visit visit, String query) {
        return demands.of(visit.store().id()).products().stream()
                .filter(id -> id.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT))).limit(PAGE)
                .map(id -> new Product(id, "", "", "", Double.NaN, Double.NaN, true)).toList();
    }

    static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

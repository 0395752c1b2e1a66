package io.kontor.platform.admin.internal.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.data.Imports.Format;
import io.kontor.platform.data.Uploads.Field;
import io.kontor.platform.data.Uploads.Layout;
import io.kontor.platform.data.Uploads.Upload;
import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of the columns of a file. */
class SortingTest {

    private static final Layout PRODUCTS = new Layout(List.of(field("id", true), field("title", false), field("price", false)), true);
    private static final Layout ORDERS = new Layout(List.of(field("orderId", true), field("time", true), field("customerId", false),
            field("productId", true), field("quantity", true), field("unitPrice", true)), false);

    private static Field field(String name, boolean required) {
        return new Field(name, required, Set.of());
    }

    @Test
    void guessesFromTheNamesThatShopSystemsUse() {
        assertEquals(List.of("orderId", "productId", "", "quantity", "time", "unitPrice", "customerId", ""),
                Guesses.of(Entity.ORDERS, List.of("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "Unit Price",
                        "customer_id", "Country"), ORDERS));
        assertEquals(List.of("id", "title", "attr.", ""),
                Guesses.of(Entity.PRODUCTS, List.of("SKU", "名称", "attr.colour", "weight"), PRODUCTS));
    }

    @Test
    void prefersTheExactNameToOneThatIsAlsoUsed() {
        assertEquals(List.of("", "unitPrice"), Guesses.of(Entity.ORDERS, List.of("price", "unitPrice"), ORDERS));
    }

    @Test
    void mapsKeepsAndLeavesOut() {
        List<String> columns = List.of("SKU", "Colour", "attr.size", "Note");
        Sorting sorting = new Sorting(List.of("id", "attr.", "attr.", ""));
        assertEquals(Map.of("id", "SKU", "attr.Colour", "Colour", "attr.size", "attr.size"), sorting.mapping(columns));
        assertEquals(Set.of("Note"), sorting.leftOut(columns));
    }

    @Test
    void findsWhatIsChosenTwiceWrongOrNotAtAll() {
        Sorting sorting = new Sorting(List.of("title", "title", "nothing", "attr."));
        assertEquals(Map.of(1, "imports.chosen-twice", 2, "imports.no-such-column"), sorting.faults(PRODUCTS));
        assertEquals(Map.of(0, "imports.no-such-column", 2, "imports.no-such-column"),
                new Sorting(List.of("attr.", "time", "x")).faults(ORDERS), "order lines keep no attributes");
        assertEquals(List.of("id"), sorting.missing(PRODUCTS));
    }

    @Test
    void showsScriptsInAFileAsTextAndEachFaultAtItsColumn() {
        String evil = "<script>alert(1)</script>";
        Upload upload = new Upload("u", evil, Format.CSV, false, 10, List.of(evil, "b"), List.of(List.of(evil, "\"><img src=x>")));
        ColumnsView view = ColumnsView.of(upload, Entity.PRODUCTS, PRODUCTS, new Sorting(List.of("title", "title")));
        String html = new Rendering(Role.OPERATOR, Locale.ENGLISH).html("imports/sorting",
                view.with(Map.of(1, "imports.chosen-twice"), List.of("id"), ""));
        assertFalse(html.contains("<script") || html.contains("<img"), html);
        assertTrue(html.contains("aria-describedby=\"fault-1\""), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
    }
}

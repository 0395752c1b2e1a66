package io.kontor.platform.admin.internal.families;

import java.util.List;

/**
 * Products to choose from.
 *
 * @param title of the page
 * @param subtitle of the page
 * @param icon of the family
 * @param action the page that shows one
 * @param query what was searched for
 * @param rows the products
 * @param next address of the next page; empty when there is none
 * @param pending how many proposals of the family wait
 */
public record ProductListView(String title, String subtitle, String icon, String action, String query, List<Row> rows, String next,
        long pending) {

    /** A product. */
    public record Row(String href, String title, String id, String category, String price, boolean active) {
    }
}

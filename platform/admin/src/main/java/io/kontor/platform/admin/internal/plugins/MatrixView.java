package io.kontor.platform.admin.internal.plugins;

import io.kontor.api.store.Store;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Which plugin is enabled in which store.
 *
 * @param columns the plugins by family
 * @param rows the stores of this page
 * @param families the families to choose from
 * @param family the family that is shown; empty for all
 * @param query the part of a store's name or id that is looked for; empty for all
 * @param total how many stores there are with it
 * @param next the last store of this page when there are more; empty otherwise
 */
public record MatrixView(Map<String, List<Column>> columns, List<Row> rows, List<String> families, String family, String query, int total,
        String next) {

    /**
     * The query of the next page.
     *
     * @return with the same filters
     */
    public String nextQuery() {
        return "?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&family=" + URLEncoder.encode(family, StandardCharsets.UTF_8)
                + "&after=" + next;
    }

    /**
     * A plugin.
     *
     * @param id its id
     * @param title in the visitor's language
     * @param baseline whether it is its family's baseline
     */
    public record Column(String id, String title, boolean baseline) {
    }

    /**
     * A store.
     *
     * @param store the store
     * @param cells one for each plugin, in the order of the columns
     */
    public record Row(Store store, List<MatrixCell> cells) {
    }
}

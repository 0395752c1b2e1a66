package io.kontor.platform.admin.internal.bundles;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.plugins.BundleInfo;
import java.util.List;

/**
 * The bundles of this installation.
 *
 * @param rows one for each bundle
 * @param deployed the one that was just deployed; null for none
 * @param removed name and version of the one that was just removed; empty for none
 */
public record BundlesView(List<Row> rows, Row deployed, String removed) {

    /**
     * A bundle.
     *
     * @param info what is known of it
     * @param plugins the titles of its plugins
     * @param stores in how many stores its plugins are enabled
     */
    public record Row(BundleInfo info, List<String> plugins, long stores) {

        /**
         * Whether it can be removed.
         *
         * @return false for what came with the product
         */
        public boolean removable() {
            return !"shipped".equals(info.origin());
        }

        /**
         * How it does.
         *
         * @param visit the request
         * @return a word, or a word and why
         */
        public String state(Visit visit) {
            int colon = info.state().indexOf(": ");
            String word = colon < 0 ? info.state() : info.state().substring(0, colon);
            String said = visit.textOr("bundles.state." + word, word);
            return colon < 0 ? said : said + visit.text("home.colon") + visit.said(info.state().substring(colon + 2));
        }

        /**
         * Whether it runs.
         *
         * @return true when the framework has started it
         */
        public boolean active() {
            return "ACTIVE".equals(info.state());
        }
    }
}

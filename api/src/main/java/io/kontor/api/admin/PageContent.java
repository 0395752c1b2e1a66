package io.kontor.api.admin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a page consists of, from least to most freedom. */
public sealed interface PageContent {

    /**
     * Typed views that the shell draws in its own design.
     *
     * @param views from top to bottom
     */
    record Views(List<View> views) implements PageContent {

        /** Copies the list. */
        public Views {
            views = List.copyOf(views);
        }
    }

    /**
     * A piece of HTML in the shell's design (its classes are at hand), SVG included. The shell removes scripts, styles and what else its
     * content security policy forbids. Links with {@code ?name=value} and forms with the method {@code get} lead to the page again.
     *
     * @param html the fragment; all foreign text in it must be escaped
     */
    record HtmlFragment(String html) implements PageContent {

        /** Checks that it is not null. */
        public HtmlFragment {
            Objects.requireNonNull(html, "html");
        }
    }

    /**
     * A custom element from a script in the plugin's own bundle. The element gets the attributes {@code store}, {@code lang}, {@code data}
     * (the data as JSON) and {@code source} (an address that answers the data of a new rendering as JSON, with the page's query parameters).
     * An element's name cannot be defined twice in an open page, so it should carry the script's major version.
     *
     * @param element the element's name, lower case with a hyphen
     * @param script path of the module script inside the bundle, below {@code web/}; may import its neighbours by relative paths
     * @param data what it shows: JSON values by name
     */
    record WebComponent(String element, String script, Map<String, Object> data) implements PageContent {

        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)+");

        /** Copies the data and checks the name. */
        public WebComponent {
            Objects.requireNonNull(script, "script");
            data = Map.copyOf(data);
            if (!NAME.matcher(element).matches()) {
                throw new IllegalArgumentException("the name of a custom element is lower case with a hyphen, not " + element);
            }
        }

        /**
         * An element without data.
         *
         * @param element the element's name
         * @param script path of the module script
         */
        public WebComponent(String element, String script) {
            this(element, script, Map.of());
        }
    }
}

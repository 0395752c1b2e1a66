package io.kontor.api.admin;

import java.util.List;
import java.util.Objects;

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
     * A piece of HTML without scripts; the shell removes what its content security policy forbids.
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
     * A custom element from a script in the plugin's own bundle.
     *
     * @param element the element's name, with a hyphen
     * @param script path of the module script inside the bundle, below {@code web/}
     */
    record WebComponent(String element, String script) implements PageContent {

        /** Checks that no text is null. */
        public WebComponent {
            Objects.requireNonNull(element, "element");
            Objects.requireNonNull(script, "script");
        }
    }
}

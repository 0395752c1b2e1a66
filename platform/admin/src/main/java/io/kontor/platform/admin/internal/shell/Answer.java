package io.kontor.platform.admin.internal.shell;

import java.io.IOException;
import java.io.OutputStream;

/** What a page answers. */
public sealed interface Answer {

    /**
     * HTML from a template: a whole page or a fragment, as the template says.
     *
     * @param status the HTTP status
     * @param template its path below {@code src/main/jte}, without {@code .jte}; takes {@code visit} and {@code view}
     * @param view what the template shows
     */
    record Html(int status, String template, Object view) implements Answer {
    }

    /**
     * Sends the browser on after a change.
     *
     * @param path below {@code /admin}
     */
    record Redirect(String path) implements Answer {
    }

    /**
     * Bytes as they come: downloads, server-sent events.
     *
     * @param type the media type
     * @param fileName what the browser saves it as; null to show it
     * @param body writes the bytes
     */
    record Stream(String type, String fileName, Body body) implements Answer {
    }

    /** Writes a body. */
    @FunctionalInterface
    interface Body {

        /**
         * Writes.
         *
         * @param out not to be closed
         * @throws IOException when the browser has gone
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * HTML with status 200.
     *
     * @param template see {@link Html}
     * @param view what it shows
     * @return the answer
     */
    static Answer html(String template, Object view) {
        return new Html(200, template, view);
    }

    /**
     * A form again, with what is wrong: status 422.
     *
     * @param template see {@link Html}
     * @param view what it shows
     * @return the answer
     */
    static Answer again(String template, Object view) {
        return new Html(422, template, view);
    }

    /**
     * Sends the browser on.
     *
     * @param path below {@code /admin}
     * @return the answer
     */
    static Answer to(String path) {
        return new Redirect(path);
    }
}

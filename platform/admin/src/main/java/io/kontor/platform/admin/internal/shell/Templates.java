package io.kontor.platform.admin.internal.shell;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;

/** The templates of this bundle, compiled with it. Values are escaped for the place where they stand. Safe for use by several threads. */
final class Templates {

    private static final String PACKAGE = "io.kontor.platform.admin.internal.templates";

    private final TemplateEngine engine = engine();

    /** Templates that lie in no folder are looked for by the thread's loader, whatever loader is given. */
    private static TemplateEngine engine() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Templates.class.getClassLoader());
        try {
            return TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Renders in memory, so that a template that fails leaves nothing half written.
     *
     * @param name path without {@code .jte}
     * @param visit the request; null on the login page
     * @param view what it shows
     * @return HTML
     */
    String render(String name, Visit visit, Object view) {
        Map<String, Object> values = new HashMap<>();
        if (visit != null) {
            values.put("visit", visit);
        }
        values.put("view", view);
        StringOutput output = new StringOutput();
        engine.render(name + ".jte", values, output);
        return output.toString();
    }
}

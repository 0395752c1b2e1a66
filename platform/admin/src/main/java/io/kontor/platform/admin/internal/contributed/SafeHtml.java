package io.kontor.platform.admin.internal.contributed;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML of a plugin without what could run, restyle or leave the page: scripts, styles, handlers, frames, foreign images and forms that send
 * changes.
 */
final class SafeHtml implements Content {

    private static final String[] GLOBAL = {"class", "id", "role", "title", "lang", "hidden", "tabindex", "aria-label", "aria-labelledby",
        "aria-describedby", "aria-hidden", "aria-live", "aria-current", "aria-expanded", "aria-controls"};
    private static final String[] SHAPES = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "title", "desc"};
    private static final String[] GEOMETRY = {"viewBox", "preserveAspectRatio", "d", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy",
        "r", "rx", "ry", "width", "height", "points", "transform", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray",
        "stroke-linecap", "stroke-linejoin", "opacity", "text-anchor", "font-size", "font-weight"};
    private static final Safelist SAFE = safe();

    private final String html;

    private SafeHtml(String html) {
        this.html = html;
    }

    private static Safelist safe() {
        Safelist safe = Safelist.relaxed().preserveRelativeLinks(true).removeTags("img").removeProtocols("a", "href", "ftp", "mailto")
                .addTags("section", "article", "header", "footer", "figure", "figcaption", "details", "summary", "hr", "s", "mark", "time",
                        "form", "fieldset", "legend", "label", "input", "select", "option", "button", "progress", "meter")
                .addTags(SHAPES)
                .addAttributes(":all", GLOBAL)
                .addAttributes("label", "for").addAttributes("option", "value", "selected").addAttributes("select", "name", "multiple")
                .addAttributes("input", "name", "value", "type", "min", "max", "step", "placeholder", "required", "checked", "list")
                .addAttributes("button", "name", "value").addAttributes("details", "open").addAttributes("time", "datetime")
                .addAttributes("progress", "value", "max").addAttributes("meter", "value", "min", "max", "low", "high", "optimum")
                .addAttributes("th", "scope");
        for (String shape : SHAPES) {
            safe.addAttributes(shape, GEOMETRY);
        }
        return safe;
    }

    /**
     * Cleans.
     *
     * @param html as the plugin made it
     * @param address the page's own address, for relative links
     * @return what may be shown
     */
    static SafeHtml of(String html, String address) {
        Document clean = new Cleaner(SAFE).clean(Jsoup.parseBodyFragment(html, "https://kontor.invalid" + address));
        clean.outputSettings().prettyPrint(false);
        return new SafeHtml(clean.body().html());
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(html);
    }
}

package io.kontor.platform.admin.internal.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final String ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

    @Test
    void escapesWhatAVisitorTypedWhereverItStands() {
        String html = new Templates().render("layout/login", null, new LoginView(new Texts(Locale.ENGLISH), Locale.ENGLISH, file -> "/" + file,
                "/admin/?" + ATTACK, ATTACK, ATTACK, ATTACK));
        assertFalse(html.contains("<script>alert"), html);
        assertFalse(html.contains("<img"), html);
        assertTrue(html.contains("&lt;script>alert(1)&lt;/script>") || html.contains("&lt;script&gt;alert(1)"), html);
    }

    @Test
    void saysNothingInlineThatThePolicyWouldRefuse() {
        String html = new Templates().render("layout/login", null, new LoginView(new Texts(Locale.ENGLISH), Locale.ENGLISH, file -> "/" + file,
                "/admin/", "", "", "dark"));
        assertFalse(html.contains(" style="), html);
        assertFalse(html.matches("(?s).*<script(?![^>]*src=).*"), html);
        assertTrue(html.contains("data-theme=\"dark\""), html);
    }
}

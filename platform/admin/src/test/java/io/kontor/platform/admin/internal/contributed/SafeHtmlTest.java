package io.kontor.platform.admin.internal.contributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gg.jte.output.StringOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeHtmlTest {

    private static String clean(String html) {
        StringOutput output = new StringOutput();
        SafeHtml.of(html, "/admin/stores/berlin/pages/p/report").writeTo(output);
        return output.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "<a href='javascript:alert(1)'>x</a>", "<p onclick='alert(1)'>x</p>",
        "<svg onload='alert(1)'><path d='M0 0'/></svg>", "<svg><script>alert(1)</script></svg>", "<iframe src='//x'></iframe>",
        "<style>*{display:none}</style>", "<p style='position:fixed'>x</p>", "<form method='post' action='//x'><input></form>",
        "<div hx-get='/admin/x' hx-trigger='load'>x</div>", "<img src='//x/y.png'>",
        "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>",
        "<math><mtext><script>alert(1)</script></mtext></math>", "<base href='//x'>", "<meta http-equiv='refresh' content='0'>"})
    void takesOutWhatCouldRunOrLeave(String html) {
        String clean = clean(html);
        for (String word : new String[] {"script", "onclick", "onload", "iframe", "style", "post", "hx-", "<img", "base", "meta", "action"}) {
            assertFalse(clean.contains(word), clean);
        }
    }

    @Test
    void keepsWordsTablesClassesAndPictures() {
        assertEquals("<section class=\"card\"><h2 id=\"a\">Margin</h2></section>",
                clean("<section class='card'><h2 id='a'>Margin</h2></section>"));
        String svg = clean("<svg viewBox='0 0 10 10'><path d='M0 0L10 10' stroke='currentColor'/></svg>");
        assertTrue(svg.contains("viewBox=\"0 0 10 10\"") && svg.contains("stroke=\"currentColor\""), svg);
        assertTrue(clean("<a href='?product=7'>seven</a>").contains("href=\"?product=7\""));
        assertTrue(clean("<form method='get'><input name='q' value='1'><button>go</button></form>").contains("<input name=\"q\" value=\"1\""));
    }
}

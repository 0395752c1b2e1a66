package io.kontor.platform.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void writesALineForEveryTenthWhereALineCannotBeWrittenOver() {
        ProgressBar bar = new ProgressBar(new Screen(out, out, false));
        bar.show(0.01, "a");
        bar.show(0.02, "b");
        bar.show(0.25, "c");
        bar.show(1.5, "");
        bar.close();
        assertEquals("  1 %  a\n 25 %  c\n100 %\n", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void writesOverTheLineOfATerminal() {
        ProgressBar bar = new ProgressBar(new Screen(out, out, true));
        bar.show(0.5, "reading");
        bar.show(0.5, "reading");
        bar.show(1, "done");
        bar.close();
        assertEquals("\r[###############...............]  50 %  reading\r[##############################] 100 %  done   \n",
                bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void clearsTheBarForALineOfItsOwn() {
        ProgressBar bar = new ProgressBar(new Screen(out, out, true));
        bar.show(0, "a");
        bar.line("done");
        bar.close();
        String shown = "[..............................]   0 %  a";
        assertEquals("\r" + shown + "\r" + " ".repeat(shown.length()) + "\rdone\n", bytes.toString(StandardCharsets.UTF_8));
    }
}

package io.kontor.platform.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParagraphTest {

    @Test
    void partsLatinTextAtBlanks() {
        List<String> lines = Paragraph.wrap("word ".repeat(30));
        assertEquals(List.of("word ".repeat(17).strip(), "word ".repeat(13).strip()), lines);
    }

    @Test
    void countsChineseCharactersTwiceAndKeepsPunctuationWithThem() {
        String text = "预期利润上升，".repeat(12);
        List<String> lines = Paragraph.wrap(text);
        assertEquals(text, String.join("", lines));
        assertEquals(2, lines.size());
        lines.forEach(line -> assertTrue(Paragraph.columns(line) <= Paragraph.WIDTH && line.charAt(0) != '，', line));
    }

    @Test
    void leavesAShortLineAlone() {
        assertEquals(List.of("番茄 500g: 12"), Paragraph.wrap("番茄 500g: 12"));
    }
}

package io.kontor.platform.launcher.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines for a terminal, where Chinese characters are two columns wide and may be parted anywhere. */
final class Paragraph {

    /** Columns of a line. */
    static final int WIDTH = 86;

    /** From here on most characters are wide: Hangul Jamo, then the East Asian scripts, then full-width forms (Unicode Annex 11). */
    private static final int FIRST_WIDE = 0x2e80;
    private static final int LAST_WIDE = 0xffdc;

    private Paragraph() {
    }

    static int columns(String text) {
        return text.codePoints().map(Paragraph::columns).sum();
    }

    static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : words(text)) {
            int needed = columns(word);
            if (used + columns(word.stripTrailing()) > WIDTH && used > 0) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                used = 0;
            }
            line.append(word);
            used += needed;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static int columns(int character) {
        return character >= FIRST_WIDE && character <= LAST_WIDE ? 2 : 1;
    }

    /** What is not to be parted: a wide character with the punctuation behind it, or narrow ones up to and with a blank. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            word.appendCodePoint(characters[i]);
            boolean last = i + 1 == characters.length;
            boolean wide = columns(characters[i]) == 2 || !last && columns(characters[i + 1]) == 2;
            boolean held = !last && "，。、：；！？）》」,.:;!?)".indexOf(characters[i + 1]) >= 0;
            if (last || characters[i] == ' ' || wide && !held) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}

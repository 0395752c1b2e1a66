package io.kontor.bundles.textencoders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits texts into the pieces of words that a network was trained on (Devlin et al. 2019, "BERT", and Schuster and Nakajima 2012): blanks and
 * punctuation part words, each Han character is one, and of a word the longest piece in the vocabulary is taken again and again. Immutable; safe
 * for use by several threads.
 */
final class WordPieces {

    private static final Pattern ENTRY = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*:\\s*(\\d+)");
    private static final int LONGEST_WORD = 100;
    private static final String CONTINUED = "##";

    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final boolean lowerCase;
    private final int unknown;
    private final int begin;
    private final int end;

    /**
     * Reads a vocabulary.
     *
     * @param json a tokenizer's description, whose last object is the vocabulary
     * @param lowerCase whether letters are made small and accents dropped
     * @throws IOException when it cannot be read or has no vocabulary
     */
    WordPieces(InputStream json, boolean lowerCase) throws IOException {
        this.lowerCase = lowerCase;
        String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
        Matcher entry = ENTRY.matcher(text);
        for (int at = Math.max(0, text.indexOf("\"vocab\"")); entry.find(at); at = entry.end()) {
            vocabulary.put(unescaped(entry.group(1)), Integer.parseInt(entry.group(2)));
        }
        unknown = special("[UNK]");
        begin = special("[CLS]");
        end = special("[SEP]");
    }

    private int special(String name) throws IOException {
        Integer id = vocabulary.get(name);
        if (id == null) {
            throw new IOException("the vocabulary has no " + name);
        }
        return id;
    }

    private static String unescaped(String json) {
        if (json.indexOf('\\') < 0) {
            return json;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) != '\\') {
                plain.append(json.charAt(i));
            } else if (json.charAt(++i) == 'u') {
                plain.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                plain.append(json.charAt(i));
            }
        }
        return plain.toString();
    }

    /**
     * The pieces of a text.
     *
     * @param text any
     * @param most how many at most, both ends included; the rest is left out
     * @return their numbers, between those that mark the ends
     */
    long[] of(String text, int most) {
        String plain = lowerCase ? Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD) : text;
        long[] pieces = new long[most];
        pieces[0] = begin;
        int count = 1;
        int at = 0;
        while (at < plain.length() && count < most - 1) {
            int code = plain.codePointAt(at);
            int next = at + Character.charCount(code);
            if (!blank(code)) {
                while (!alone(code) && next < plain.length() && !blank(plain.codePointAt(next)) && !alone(plain.codePointAt(next))) {
                    next += Character.charCount(plain.codePointAt(next));
                }
                count = word(lowerCase ? withoutMarks(plain, at, next) : plain.substring(at, next), pieces, count);
            }
            at = next;
        }
        pieces[count++] = end;
        return Arrays.copyOf(pieces, count);
    }

    private static String withoutMarks(String text, int from, int to) {
        StringBuilder plain = new StringBuilder(to - from);
        text.substring(from, to).codePoints().filter(code -> Character.getType(code) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean blank(int code) {
        return Character.isWhitespace(code) || Character.isSpaceChar(code) || Character.isISOControl(code) || code == 0xfffd
                || Character.getType(code) == Character.FORMAT;
    }

    // A character that is a word for itself.
    private static boolean alone(int code) {
        boolean sign = code < 128 && code > 32 && !Character.isLetterOrDigit(code);
        return sign || Character.isIdeographic(code) || switch (Character.getType(code)) {
            case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private int word(String word, long[] pieces, int begun) {
        int room = pieces.length - 1;
        int count = begun;
        int from = 0;
        while (from < word.length() && count < room && word.length() <= LONGEST_WORD) {
            int to = word.length();
            Integer piece = null;
            for (; to > from && piece == null; to--) {
                piece = vocabulary.get(from == 0 ? word.substring(0, to) : CONTINUED + word.substring(from, to));
            }
            if (piece == null) {
                break;
            }
            pieces[count++] = piece;
            from = to + 1;
        }
        if (from < word.length() && count < room || word.length() > LONGEST_WORD) {
            pieces[begun] = unknown;
            return begun + 1;
        }
        return count;
    }
}

package io.kontor.platform.data.internal;

/** Checks and writes texts of records. */
final class Texts {

    /** Longest text that names something. */
    static final int ID_LENGTH = 255;

    /** Longest text of any kind. */
    static final int TEXT_LENGTH = 100_000;

    /** Longest raw row that is kept in quarantine. */
    static final int RAW_LENGTH = 4_000;

    /** Stands for bytes that are not UTF-8 until the row that holds them is refused: a noncharacter, which no good text contains. */
    static final char NOT_UTF8 = '\uffff';

    private Texts() {
    }

    /**
     * Checks a text that is to be stored.
     *
     * @param field where it stands
     * @param text the text
     * @param limit how long it may be, in UTF-16 units
     * @return the text
     * @throws RowRefusedException when it is too long or no database could keep it
     */
    static String checked(String field, String text, int limit) throws RowRefusedException {
        int length = text.length();
        if (length > limit) {
            throw new RowRefusedException(field, field + " is longer than " + limit + " characters");
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new RowRefusedException(field, field + " contains a NUL character");
            }
            if (c >= Character.MIN_SURROGATE) {
                if (c == NOT_UTF8) {
                    throw new RowRefusedException(field, field + " contains bytes that are not UTF-8");
                }
                if (Character.isSurrogate(c)) {
                    if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        throw new RowRefusedException(field, field + " contains half a character");
                    }
                    i++;
                }
            }
        }
        return text;
    }

    /** A raw row so cut and cleaned that any database keeps it. */
    static String raw(CharSequence raw) {
        return clean(raw.length() > RAW_LENGTH ? raw.subSequence(0, RAW_LENGTH) : raw);
    }

    /** A text in which what no database keeps is replaced. */
    static String clean(CharSequence raw) {
        int length = raw.length();
        StringBuilder clean = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(raw.charAt(i + 1));
            if (pair) {
                clean.append(c).append(raw.charAt(++i));
            } else {
                clean.append(c == 0 || c == NOT_UTF8 || Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
        return clean.toString();
    }

    /**
     * Adds a part of a composed identity. Parts are divided by a bar; bars inside are escaped, so that different parts never make one
     * identity.
     */
    static void part(StringBuilder identity, String part) {
        if (identity.length() > 0) {
            identity.append('|');
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '|' || c == '\\') {
                identity.append('\\');
            }
            identity.append(c);
        }
    }
}

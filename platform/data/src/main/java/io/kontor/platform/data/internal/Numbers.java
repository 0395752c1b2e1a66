package io.kontor.platform.data.internal;

/** Reads and writes numbers as records carry them: decimal digits, an optional sign, point and exponent, and nothing else. */
final class Numbers {

    private static final double[] TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    private static final int EXACT_DIGITS = 15;

    private Numbers() {
    }

    /**
     * Reads a number.
     *
     * @param text digits with an optional sign, point and exponent
     * @return the nearest double, -0 as 0; NaN when the text is no such number or beyond the range of a double
     */
    static double parse(String text) {
        int length = text.length();
        int i = 0;
        boolean negative = false;
        if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            negative = text.charAt(0) == '-';
            i++;
        }
        long mantissa = 0;
        int digits = 0;
        int fraction = -1;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
                if (digits <= EXACT_DIGITS) {
                    mantissa = mantissa * 10 + (c - '0');
                }
                if (fraction >= 0) {
                    fraction++;
                }
            } else if (c == '.' && fraction < 0) {
                fraction = 0;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        if (i < length || digits > EXACT_DIGITS) {
            return exponent(text, i) ? finite(Double.parseDouble(text)) : Double.NaN;
        }
        // Both are exact as doubles, so their quotient is the nearest double to the decimal.
        double value = fraction > 0 ? mantissa / TEN[fraction] : mantissa;
        return negative && value != 0 ? -value : value;
    }

    /** Whether what is left of a number is nothing or an exponent. */
    private static boolean exponent(String text, int from) {
        int i = from;
        int length = text.length();
        if (i == length) {
            return true;
        }
        if (text.charAt(i) != 'e' && text.charAt(i) != 'E') {
            return false;
        }
        i++;
        if (i < length && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        int first = i;
        while (i < length && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i == length && i > first;
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            return Double.NaN;
        }
        return value == 0 ? 0 : value;
    }

    /** The shortest text of a number: {@code 3}, {@code 2.5}, {@code 1.0E20}. */
    static String text(double value) {
        long whole = (long) value;
        return whole == value && Math.abs(whole) < 1_000_000_000_000_000L ? Long.toString(whole) : Double.toString(value);
    }

    /**
     * The number that a text says without losing anything of it, so {@code 007}, {@code 1.} or a card number of 20 digits are none.
     *
     * @return NaN when the text is to stay a text
     */
    static double plain(String text) {
        int length = text.length();
        if (length == 0 || length > EXACT_DIGITS + 2) {
            return Double.NaN;
        }
        int start = text.charAt(0) == '-' ? 1 : 0;
        int digits = 0;
        int point = -1;
        for (int i = start; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return Double.NaN;
            }
        }
        int whole = (point < 0 ? length : point) - start;
        boolean leadingZero = whole > 1 && text.charAt(start) == '0';
        return digits > EXACT_DIGITS || whole == 0 || leadingZero || point == length - 1 ? Double.NaN : parse(text);
    }
}

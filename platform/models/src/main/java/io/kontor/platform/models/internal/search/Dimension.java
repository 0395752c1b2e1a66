package io.kontor.platform.models.internal.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One setting that is searched over: a number between two bounds or one of several values. Immutable.
 *
 * <p>A number has a place from 0 to 1, even in its logarithm when the bounds span more than two decades. A whole number owns the stretch from
 * half a unit below it to half a unit above, so that all are equally likely on an even scale. A value of several has its index as place.
 *
 * @param name the setting's name
 * @param low the least number; 0 for values
 * @param high the greatest number, above the least; 0 for values
 * @param whole whether only whole numbers are meant
 * @param choices the values, at least two; empty for numbers
 */
public record Dimension(String name, double low, double high, boolean whole, List<Object> choices) {

    /** Bounds that are further apart than this factor are searched between in their logarithm. */
    private static final double TWO_DECADES = 100;
    /** More figures than these tell nothing and read badly. */
    private static final MathContext FIGURES = new MathContext(4);

    /** Checks the bounds. */
    public Dimension {
        Objects.requireNonNull(name, "name");
        choices = List.copyOf(choices);
        if (choices.isEmpty() ? !(low < high) || Double.isInfinite(high - low) : choices.size() < 2) {
            throw new IllegalArgumentException(name + " leaves nothing to search");
        }
    }

    /**
     * A number.
     *
     * @param name the setting's name
     * @param low the least
     * @param high the greatest
     * @return the dimension
     */
    public static Dimension number(String name, double low, double high) {
        return new Dimension(name, low, high, false, List.of());
    }

    /**
     * A whole number.
     *
     * @param name the setting's name
     * @param low the least
     * @param high the greatest
     * @return the dimension
     */
    public static Dimension whole(String name, long low, long high) {
        return new Dimension(name, low, high, true, List.of());
    }

    /**
     * One of several values without an order.
     *
     * @param name the setting's name
     * @param values at least two
     * @return the dimension
     */
    public static Dimension choice(String name, List<?> values) {
        return new Dimension(name, 0, 0, false, List.copyOf(values));
    }

    boolean isChoice() {
        return !choices.isEmpty();
    }

    /**
     * Whether places are even in the logarithm.
     *
     * @return true for positive bounds that span more than two decades
     */
    public boolean log() {
        return low > 0 && high / low > TWO_DECADES;
    }

    /** How many different values there are; infinite for numbers that need not be whole. */
    double size() {
        return isChoice() ? choices.size() : whole ? high - low + 1 : Double.POSITIVE_INFINITY;
    }

    private double half() {
        return whole ? 0.5 : 0;
    }

    private double scale(double number) {
        return log() ? Math.log(number) : number;
    }

    private double place(double number) {
        double begin = scale(low - half());
        double place = (scale(number) - begin) / (scale(high + half()) - begin);
        return Math.max(0, Math.min(1, place));
    }

    /** Where a value lies; NaN when it is none of this dimension. */
    double place(Object value) {
        if (isChoice()) {
            for (int i = 0; i < choices.size(); i++) {
                if (same(choices.get(i), value)) {
                    return i;
                }
            }
            return Double.NaN;
        }
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        return number >= low && number <= high ? place(number) : Double.NaN;
    }

    private static boolean same(Object one, Object other) {
        return one instanceof Number number && other instanceof Number another ? number.doubleValue() == another.doubleValue()
                : one.equals(other);
    }

    /** Where the stretch of a whole number's place begins and ends. */
    double[] stretch(double place) {
        double number = number(place);
        return new double[] {place(number - half()), place(number + half())};
    }

    private double number(double place) {
        double begin = scale(low - half());
        double at = begin + place * (scale(high + half()) - begin);
        double number = log() ? Math.exp(at) : at;
        return Math.max(low, Math.min(high, whole ? Math.rint(number) : new BigDecimal(number).round(FIGURES).doubleValue()));
    }

    /** The value at a place: a Long, a Double or one of the values. */
    Object value(double place) {
        return isChoice() ? choices.get((int) place) : json(number(place));
    }

    /** Values evenly spread from the least to the greatest, without repetition; all of several. */
    List<Object> levels(int count) {
        if (isChoice()) {
            return choices;
        }
        Set<Object> levels = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            double share = count == 1 ? 0.5 : (double) i / (count - 1);
            double at = scale(low) + share * (scale(high) - scale(low));
            double number = i == 0 && count > 1 ? low : i == count - 1 && count > 1 ? high : log() ? Math.exp(at) : at;
            levels.add(json(whole ? Math.rint(number) : i == 0 || i == count - 1 ? number
                    : new BigDecimal(number).round(FIGURES).doubleValue()));
        }
        return List.copyOf(levels);
    }

    private Object json(double number) {
        if (whole) {
            return (long) number;
        }
        return number;
    }
}

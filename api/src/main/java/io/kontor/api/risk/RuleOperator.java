package io.kontor.api.risk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a condition compares. Texts are compared without regard to case. */
public enum RuleOperator {
    /** The same number or text. */
    EQ("eq"),
    /** Another number or text. */
    NE("ne"),
    /** A greater number. */
    GT("gt"),
    /** A greater or the same number. */
    GE("ge"),
    /** A smaller number. */
    LT("lt"),
    /** A smaller or the same number. */
    LE("le"),
    /** One of several numbers or texts. */
    IN("in"),
    /** None of several numbers or texts. */
    NOT_IN("notIn"),
    /** A text that begins so. */
    STARTS_WITH("startsWith"),
    /** A text that ends so. */
    ENDS_WITH("endsWith"),
    /** The shop gave it. */
    PRESENT("present"),
    /** The shop did not give it. */
    MISSING("missing");

    private final String text;

    RuleOperator(String text) {
        this.text = text;
    }

    /**
     * The name in rules.
     *
     * @return for example {@code notIn}
     */
    public String text() {
        return text;
    }

    /**
     * The operator of a name.
     *
     * @param text for example {@code notIn}
     * @return the operator, or empty when there is none of that name
     */
    public static Optional<RuleOperator> of(String text) {
        return Arrays.stream(values()).filter(operator -> operator.text.equals(text)).findFirst();
    }

    /**
     * Whether it compares with nothing, with one value or with several.
     *
     * @return 0, 1 or {@link Integer#MAX_VALUE}
     */
    public int operands() {
        return switch (this) {
            case PRESENT, MISSING -> 0;
            case IN, NOT_IN -> Integer.MAX_VALUE;
            default -> 1;
        };
    }

    /**
     * Whether it makes sense for numbers.
     *
     * @return false for those of texts alone
     */
    public boolean numbers() {
        return this != STARTS_WITH && this != ENDS_WITH;
    }

    /**
     * Whether it makes sense for texts.
     *
     * @return false for those of numbers alone
     */
    public boolean texts() {
        return this != GT && this != GE && this != LT && this != LE;
    }

    /**
     * Compares two values.
     *
     * @param left a {@link Double} or a {@link String}
     * @param right what it is compared with
     * @return whether it holds; for {@link #IN} and {@link #NOT_IN} as for {@link #EQ} and {@link #NE} with one of them; never for values
     *     of different types, but for {@link #NE} and {@link #NOT_IN}
     */
    public boolean compares(Object left, Object right) {
        if (left instanceof Double one && right instanceof Double other) {
            int order = Double.compare(one, other);
            return switch (this) {
                case EQ, IN -> order == 0;
                case NE, NOT_IN -> order != 0;
                case GT -> order > 0;
                case GE -> order >= 0;
                case LT -> order < 0;
                case LE -> order <= 0;
                default -> false;
            };
        }
        if (left instanceof String one && right instanceof String other) {
            return switch (this) {
                case EQ, IN -> one.equalsIgnoreCase(other);
                case NE, NOT_IN -> !one.equalsIgnoreCase(other);
                case STARTS_WITH -> one.toLowerCase(Locale.ROOT).startsWith(other.toLowerCase(Locale.ROOT));
                case ENDS_WITH -> one.toLowerCase(Locale.ROOT).endsWith(other.toLowerCase(Locale.ROOT));
                default -> false;
            };
        }
        return this == NE || this == NOT_IN;
    }
}

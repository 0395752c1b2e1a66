package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.SettingsSchema.Rule;
import io.kontor.platform.plugins.SettingsSchema.Type;
import java.math.BigDecimal;
import java.util.Optional;

/** The scalar types that Metatype knows, each with what JSON may give for it and what the configuration takes. */
enum Scalar {
    /** A text. */
    STRING(Type.TEXT, String.class),
    /** A text that is never shown again. */
    PASSWORD(Type.SECRET, String.class),
    /** A text of one character. */
    CHARACTER(Type.TEXT, Character.class),
    /** True or false. */
    BOOLEAN(Type.FLAG, Boolean.class),
    /** Eight bits. */
    BYTE(Type.INTEGER, Byte.class),
    /** Sixteen bits. */
    SHORT(Type.INTEGER, Short.class),
    /** Thirty-two bits. */
    INTEGER(Type.INTEGER, Integer.class),
    /** Sixty-four bits. */
    LONG(Type.INTEGER, Long.class),
    /** A number of single precision. */
    FLOAT(Type.NUMBER, Float.class),
    /** A number of double precision. */
    DOUBLE(Type.NUMBER, Double.class);

    private final Type type;
    private final Class<?> javaType;

    Scalar(Type type, Class<?> javaType) {
        this.type = type;
        this.javaType = javaType;
    }

    /**
     * The scalar that a Metatype document names.
     *
     * @param name for example {@code Integer}
     * @return the scalar; text for a name that Metatype does not have
     */
    static Scalar named(String name) {
        return switch (name) {
            case "Password" -> PASSWORD;
            case "Character", "Char" -> CHARACTER;
            case "Boolean" -> BOOLEAN;
            case "Byte" -> BYTE;
            case "Short" -> SHORT;
            case "Integer" -> INTEGER;
            case "Long" -> LONG;
            case "Float" -> FLOAT;
            case "Double" -> DOUBLE;
            default -> STRING;
        };
    }

    /**
     * How the value looks from outside.
     *
     * @return the type
     */
    Type type() {
        return type;
    }

    /**
     * The class of the value in a configuration.
     *
     * @return the class
     */
    Class<?> javaType() {
        return javaType;
    }

    /**
     * Says what is wrong with a value, its bounds left aside.
     *
     * @param value a value from JSON, not null
     * @return what is wrong; empty when all is well
     */
    Optional<Misfit> misfit(Object value) {
        return switch (type) {
            case TEXT, SECRET -> !(value instanceof CharSequence text) ? misfit(Rule.TEXT, "must be a text")
                : this == CHARACTER && text.length() != 1 ? misfit(Rule.CHARACTER, "must be one character") : Optional.empty();
            case FLAG -> value instanceof Boolean ? Optional.empty() : misfit(Rule.FLAG, "must be true or false");
            case INTEGER -> wholeNumber(value);
            case NUMBER -> number(value);
        };
    }

    /**
     * Turns a value that fits into that of the configuration.
     *
     * @param value a value without {@link #misfit}
     * @return the value in {@link #javaType}
     */
    Object typed(Object value) {
        return switch (this) {
            case STRING, PASSWORD -> value.toString();
            case CHARACTER -> value.toString().charAt(0);
            case BOOLEAN -> value;
            case BYTE -> ((Number) value).byteValue();
            case SHORT -> ((Number) value).shortValue();
            case INTEGER -> ((Number) value).intValue();
            case LONG -> decimal((Number) value).longValueExact();
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
        };
    }

    /**
     * Reads a default as Metatype writes it.
     *
     * @param text the text
     * @return the value as JSON has it (String, Long, Double or Boolean); empty when the text is no such value
     */
    Optional<Object> json(String text) {
        try {
            return Optional.of(switch (type) {
                case TEXT, SECRET -> text;
                case FLAG -> Boolean.valueOf(text.trim());
                case INTEGER -> Long.valueOf(text.trim());
                case NUMBER -> Double.valueOf(text.trim());
            });
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Misfit> wholeNumber(Object value) {
        if (!(value instanceof Number number) || !finite(number)) {
            return misfit(Rule.WHOLE, "must be a whole number");
        }
        BigDecimal exact = decimal(number);
        if (exact.stripTrailingZeros().scale() > 0) {
            return misfit(Rule.WHOLE, "must be a whole number");
        }
        BigDecimal limit = BigDecimal.valueOf(2).pow(bits() - 1);
        boolean fits = exact.compareTo(limit) < 0 && exact.compareTo(limit.negate()) >= 0;
        BigDecimal most = limit.subtract(BigDecimal.ONE);
        return fits ? Optional.empty() : misfit(Rule.BETWEEN, "must be between " + limit.negate() + " and " + most, limit.negate(), most);
    }

    private static Optional<Misfit> misfit(Rule rule, String words, Object... limits) {
        return Optional.of(Misfit.of(rule, words, limits));
    }

    private Optional<Misfit> number(Object value) {
        if (!(value instanceof Number number)) {
            return misfit(Rule.NUMBER, "must be a number");
        }
        boolean fits = finite(number) && (this == DOUBLE || Float.isFinite(number.floatValue()));
        return fits ? Optional.empty() : misfit(Rule.FINITE, "must be a finite number");
    }

    private int bits() {
        return switch (this) {
            case BYTE -> Byte.SIZE;
            case SHORT -> Short.SIZE;
            case INTEGER -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }

    private static boolean finite(Number number) {
        return Double.isFinite(number.doubleValue());
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}

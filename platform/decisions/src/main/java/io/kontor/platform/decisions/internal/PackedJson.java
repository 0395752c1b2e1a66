package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * JSON values in few bytes: answers with their reasons say the same names, texts and numbers again and again, and what was there before is
 * written as its number. A format byte comes first, which no JSON text begins with, then the value: a code of {@link Code} and what belongs
 * to it, or from {@link #SEEN} on the number of a text or fraction that was there before. Numbers are written as the variable-byte code of
 * Manning, Raghavan and Schütze (Introduction to Information Retrieval, 2008, section 5.3.1), the lowest bits first.
 */
final class PackedJson {

    private static final int FORMAT = 1;
    private static final int SEEN = Code.values().length;
    private static final int BITS = 7;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;
    private static final int FIRST_ROOM = 1 << 10;

    /** What a value is. */
    private enum Code {
        NULL, FALSE, TRUE, OBJECT, ARRAY, END, WHOLE, LARGE, SINGLE, FRACTION, TEXT
    }

    private static final Code[] CODES = Code.values();

    private PackedJson() {
    }

    /**
     * Packs a value.
     *
     * @param value as {@link LogJson} writes it
     * @param texts what is to stand for a text
     */
    static byte[] pack(Object value, UnaryOperator<String> texts) {
        Packing packing = new Packing(texts);
        try (JsonParser tokens = LogJson.tokens(value)) {
            while (tokens.nextToken() != null) {
                packing.add(tokens);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(packing.bytes, packing.size);
    }

    /**
     * Gives a value back as plain JSON values.
     *
     * @param bytes what {@link #pack} made, or JSON as it was logged before
     * @param texts what is to stand for a text
     */
    static Object unpack(byte[] bytes, UnaryOperator<String> texts) {
        if (bytes[0] != FORMAT) {
            return mapped(LogJson.read(new String(bytes, StandardCharsets.UTF_8)), texts);
        }
        Unpacking unpacking = new Unpacking(bytes, texts);
        return unpacking.value(unpacking.number());
    }

    /** The same of an object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> unpackObject(byte[] bytes, UnaryOperator<String> texts) {
        return (Map<String, Object>) unpack(bytes, texts);
    }

    private static Object mapped(Object value, UnaryOperator<String> texts) {
        if (value instanceof String text) {
            return texts.apply(text);
        } else if (value instanceof List<?> list) {
            list.replaceAll(each -> cast(mapped(each, texts)));
        } else if (value instanceof Map<?, ?> map) {
            map.replaceAll((name, each) -> cast(mapped(each, texts)));
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    /** Bytes that grow. */
    private static final class Packing {

        private final UnaryOperator<String> texts;
        private final Map<Object, Integer> seen = new HashMap<>();
        private byte[] bytes = new byte[FIRST_ROOM];
        private int size;

        Packing(UnaryOperator<String> texts) {
            this.texts = texts;
            bytes[size++] = FORMAT;
        }

        void add(JsonParser tokens) throws IOException {
            JsonToken token = tokens.currentToken();
            switch (token) {
                case START_OBJECT -> code(Code.OBJECT);
                case START_ARRAY -> code(Code.ARRAY);
                case END_OBJECT, END_ARRAY -> code(Code.END);
                case FIELD_NAME, VALUE_STRING -> text(tokens.getText());
                case VALUE_NUMBER_INT -> whole(tokens);
                case VALUE_NUMBER_FLOAT -> fraction(tokens);
                case VALUE_TRUE -> code(Code.TRUE);
                case VALUE_FALSE -> code(Code.FALSE);
                case VALUE_NULL -> code(Code.NULL);
                default -> throw new IOException("answers have no " + token);
            }
        }

        private void code(Code code) {
            number(code.ordinal());
        }

        private void number(long number) {
            room(Long.BYTES + 2);
            long rest = number;
            for (; rest >>> BITS != 0; rest >>>= BITS) {
                bytes[size++] = (byte) (rest & LOW | MORE);
            }
            bytes[size++] = (byte) rest;
        }

        private void room(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
            }
        }

        private boolean again(Object value) {
            Integer before = seen.putIfAbsent(value, seen.size());
            if (before != null) {
                number(SEEN + before);
            }
            return before != null;
        }

        private void text(String text) {
            if (!again(text)) {
                code(Code.TEXT);
                characters(texts.apply(text));
            }
        }

        private void characters(String text) {
            byte[] utf = text.getBytes(StandardCharsets.UTF_8);
            number(utf.length);
            room(utf.length);
            System.arraycopy(utf, 0, bytes, size, utf.length);
            size += utf.length;
        }

        private void whole(JsonParser tokens) throws IOException {
            if (tokens.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                code(Code.LARGE);
                characters(tokens.getText());
            } else {
                code(Code.WHOLE);
                long number = tokens.getLongValue();
                number(number << 1 ^ number >> Long.SIZE - 1);
            }
        }

        /** A float is logged as the decimal fraction that it is shown as. */
        private void fraction(JsonParser tokens) throws IOException {
            double number = tokens.getNumberType() == JsonParser.NumberType.FLOAT ? Double.parseDouble(tokens.getText())
                    : tokens.getDoubleValue();
            if (!Double.isFinite(number)) {
                text(Double.toString(number));
            } else if (!again(number)) {
                boolean single = number == (float) number;
                code(single ? Code.SINGLE : Code.FRACTION);
                room(Long.BYTES);
                ByteBuffer place = ByteBuffer.wrap(bytes, size, Long.BYTES);
                size = (single ? place.putFloat((float) number) : place.putDouble(number)).position();
            }
        }
    }

    private static final class Unpacking {

        private final UnaryOperator<String> texts;
        private final List<Object> seen = new ArrayList<>();
        private final ByteBuffer bytes;

        Unpacking(byte[] bytes, UnaryOperator<String> texts) {
            this.bytes = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
            this.texts = texts;
        }

        long number() {
            long number = 0;
            int part = MORE;
            for (int shift = 0; (part & MORE) != 0; shift += BITS) {
                part = bytes.get();
                number |= (long) (part & LOW) << shift;
            }
            return number;
        }

        Object value(long code) {
            return code >= SEEN ? seen.get((int) code - SEEN) : switch (CODES[(int) code]) {
                case NULL -> null;
                case FALSE -> false;
                case TRUE -> true;
                case OBJECT -> object();
                case ARRAY -> array();
                case WHOLE -> whole();
                case LARGE -> new BigInteger(characters());
                case SINGLE -> firstSeen((double) bytes.getFloat());
                case FRACTION -> firstSeen(bytes.getDouble());
                case TEXT -> firstSeen(texts.apply(characters()));
                case END -> throw new IllegalStateException("the database holds an end where a value should be");
            };
        }

        private Object firstSeen(Object value) {
            seen.add(value);
            return value;
        }

        private Map<String, Object> object() {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (long code = number(); code != Code.END.ordinal(); code = number()) {
                String name = (String) value(code);
                fields.put(name, value(number()));
            }
            return fields;
        }

        private List<Object> array() {
            List<Object> values = new ArrayList<>();
            for (long code = number(); code != Code.END.ordinal(); code = number()) {
                values.add(value(code));
            }
            return values;
        }

        private String characters() {
            byte[] utf = new byte[(int) number()];
            bytes.get(utf);
            return new String(utf, StandardCharsets.UTF_8);
        }

        private Object whole() {
            long folded = number();
            long number = folded >>> 1 ^ -(folded & 1);
            if (number == (int) number) {
                return (int) number;
            }
            return number;
        }
    }
}

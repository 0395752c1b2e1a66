package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.smile.SmileConstants;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * JSON values in few bytes, as the log of decisions keeps them: in the binary format Smile, in which names and short texts that were there
 * before take two bytes. Answers with their reasons say the same ones again and again.
 */
final class PackedJson {

    private static final SmileFactory SMILE = SmileFactory.builder().enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES).build();
    private static final ObjectReader PACKED = new ObjectMapper(SMILE).readerFor(Object.class);

    private PackedJson() {
    }

    /** Writes other texts in the place of those that it is given, and numbers as JSON shows them. */
    private static final class OtherTexts extends JsonGeneratorDelegate {

        private final UnaryOperator<String> texts;

        OtherTexts(JsonGenerator to, UnaryOperator<String> texts) {
            super(to, false);
            this.texts = texts;
        }

        @Override
        public void writeFieldName(String name) throws IOException {
            super.writeFieldName(texts.apply(name));
        }

        @Override
        public void writeString(String text) throws IOException {
            super.writeString(text == null ? null : texts.apply(text));
        }

        @Override
        public void writeNumber(double number) throws IOException {
            if (Double.isFinite(number)) {
                super.writeNumber(number);
            } else {
                super.writeString(Double.toString(number));
            }
        }

        @Override
        public void writeArray(double[] numbers, int offset, int length) throws IOException {
            writeStartArray();
            for (int i = offset; i < offset + length; i++) {
                writeNumber(numbers[i]);
            }
            writeEndArray();
        }

        @Override
        public void writeNumber(float number) throws IOException {
            writeNumber(Double.parseDouble(Float.toString(number)));
        }
    }

    /**
     * Packs a value.
     *
     * @param value as {@link LogJson} writes it
     * @param texts what is to stand for a text
     */
    static byte[] pack(Object value, UnaryOperator<String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = new OtherTexts(SMILE.createGenerator(bytes), texts)) {
            LogJson.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Gives a value back as plain JSON values.
     *
     * @param bytes what {@link #pack} made, or JSON as it was logged before
     * @param texts what is to stand for a text
     */
    static Object unpack(byte[] bytes, UnaryOperator<String> texts) {
        try {
            return mapped(bytes[0] == SmileConstants.HEADER_BYTE_1 ? PACKED.readValue(bytes)
                    : LogJson.read(new String(bytes, StandardCharsets.UTF_8)), texts);
        } catch (IOException e) {
            throw new UncheckedIOException("the database holds a decision that cannot be read", e);
        }
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
            return list.stream().map(each -> mapped(each, texts)).collect(Collectors.toList());
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, each) -> fields.put(texts.apply((String) name), mapped(each, texts)));
            return fields;
        }
        return value;
    }
}

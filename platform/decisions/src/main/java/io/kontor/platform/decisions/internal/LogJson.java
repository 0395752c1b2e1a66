package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.kontor.api.explain.Explanation;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * How questions, answers and proposals are written into the database: JSON, numbers that are none as null, times as text, the
 * kinds of explanations in lower case.
 */
final class LogJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build()).build().registerModule(new SimpleModule()
            .addSerializer(Double.class, new FiniteNumber()).addSerializer(double.class, new FiniteNumber())
            .addSerializer(Instant.class, new AsText<>(Instant.class)).addSerializer(LocalDate.class, new AsText<>(LocalDate.class))
            .addSerializer(Explanation.Kind.class, new LowerCase()).addSerializer(Optional.class, new Unwrapped())
            .addDeserializer(Instant.class, new Moment()));

    private LogJson() {
    }

    private static final class FiniteNumber extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        FiniteNumber() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    private static final class AsText<T> extends StdSerializer<T> {

        private static final long serialVersionUID = 1L;

        AsText(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class LowerCase extends StdSerializer<Explanation.Kind> {

        private static final long serialVersionUID = 1L;

        LowerCase() {
            super(Explanation.Kind.class);
        }

        @Override
        public void serialize(Explanation.Kind value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final class Moment extends FromStringDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Moment() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            return Instant.parse(text);
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Unwrapped extends StdSerializer<Optional> {

        private static final long serialVersionUID = 1L;

        Unwrapped() {
            super(Optional.class);
        }

        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.orElse(null), out);
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass().getName(), e);
        }
    }

    static void write(Object value, JsonGenerator out) throws IOException {
        MAPPER.writeValue(out, value);
    }

    static byte[] writeBytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass().getName(), e);
        }
    }

    static Object read(String json) {
        return read(json, new TypeReference<Object>() {
        });
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds something that is not the JSON that was written", e);
        }
    }
}

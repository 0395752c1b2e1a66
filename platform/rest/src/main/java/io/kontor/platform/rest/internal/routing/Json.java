package io.kontor.platform.rest.internal.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;

/** The JSON of the API: strict when reading (no unknown fields, no coercion, no duplicates), ISO-8601 times and no NaN when writing. */
public final class Json {

    /** The mapper; safe for use by several threads. */
    public static final ObjectMapper MAPPER = mapper();

    private Json() {
    }

    private static final class Moment extends FromStringDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Moment() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(text, Instant.class, "no time with an offset");
            }
        }
    }

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
        SimpleModule module = new SimpleModule();
        module.addSerializer(Instant.class, new AsText<>(Instant.class));
        module.addSerializer(LocalDate.class, new AsText<>(LocalDate.class));
        module.addDeserializer(Instant.class, new Moment());
        module.addSerializer(Double.class, new FiniteNumber(Double.class));
        module.addSerializer(double.class, new FiniteNumber(double.class));
        ObjectMapper mapper = JsonMapper.builder(factory)
                .addModule(module)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .serializationInclusion(JsonInclude.Include.ALWAYS)
                .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }

    /**
     * Reads a body.
     *
     * @param bytes UTF-8
     * @param type what is expected
     * @return the value, never null
     * @throws Problem 400 with the place or field at fault
     */
    public static Object read(byte[] bytes, Type type) {
        if (bytes.length == 0) {
            throw Problem.of(400, "The request needs a JSON body.");
        }
        JavaType javaType = MAPPER.constructType(type);
        try {
            Object value = MAPPER.readValue(bytes, javaType);
            if (value == null) {
                throw Problem.of(400, "The body must not be null.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw explain(e);
        } catch (IOException e) {
            throw Problem.of(400, "The body is not UTF-8 encoded JSON.");
        }
    }

    /**
     * Says in words what is wrong with a body.
     *
     * @param e what Jackson found
     * @return 400 with the place or field at fault
     */
    public static Problem explain(JsonProcessingException e) {
        String place = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr() + ")";
        if (e instanceof JsonMappingException mapping && !(e.getCause() instanceof JsonParseException) && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(p -> p.getFieldName() != null ? p.getFieldName() : "[" + p.getIndex() + "]")
                    .collect(Collectors.joining(".")).replace(".[", "[");
            String message = e instanceof com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException
                    ? "is not a field of this request" : "has the wrong type or form";
            return Problem.field(400, field, message);
        }
        if (e instanceof com.fasterxml.jackson.databind.exc.MismatchedInputException) {
            return Problem.of(400, "The body has the wrong form" + place + ".");
        }
        return Problem.of(400, "The body is not well-formed JSON" + place + ".");
    }

    /** Writes a value by its own text form. */
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

    /** JSON has no NaN: what is not known is null. */
    private static final class FiniteNumber extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        FiniteNumber(Class<Double> type) {
            super(type);
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
}

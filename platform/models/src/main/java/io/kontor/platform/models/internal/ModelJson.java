package io.kontor.platform.models.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.kontor.api.KontorException;
import io.kontor.api.feature.Feature;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.metric.Curve;
import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.MemberShare;
import io.kontor.api.model.Slice;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReleasePolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings and evaluations as the JSON texts that the database keeps. Safe for use by several threads. */
final class ModelJson {

    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() { };
    private static final TypeReference<List<Map<String, String>>> DEFINITIONS = new TypeReference<>() { };
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() { };
    private static final TypeReference<LinkedHashMap<String, Double>> NUMBERS = new TypeReference<>() { };

    private static final MathContext PICTURE = new MathContext(6);

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private final ObjectMapper profiles = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new FromStringDeserializer<>(Instant.class) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected Instant _deserialize(String text, DeserializationContext context) {
                            return Instant.parse(text);
                        }
                    }));
    private final ObjectMapper ordered = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Writes settings with their names sorted, so that equal settings give equal texts.
     *
     * @param settings values by name
     * @return JSON
     */
    String settings(Map<String, Object> settings) {
        return write(mapper, settings);
    }

    /**
     * Whether two settings are equal as the database would keep them: 1 and 1L are, whatever way they came.
     *
     * @param one values by name
     * @param other values by name
     * @return true when equal
     */
    boolean equal(Map<String, Object> one, Map<String, Object> other) {
        return settings(one).equals(settings(other));
    }

    Map<String, Object> settings(String json) {
        try {
            return mapper.readValue(json, TREE);
        } catch (JsonProcessingException e) {
            throw unreadable("settings", e);
        }
    }

    /**
     * Writes an evaluation.
     *
     * @param evaluation may be null
     * @return JSON, or null
     */
    String evaluation(Evaluation evaluation) {
        if (evaluation == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("primary", evaluation.primary());
        tree.put("higherIsBetter", evaluation.higherIsBetter());
        tree.put("cases", evaluation.cases());
        tree.put("metrics", evaluation.metrics());
        tree.put("intervals", intervals(evaluation.intervals()));
        tree.put("slices", evaluation.slices().stream().map(ModelJson::slice).toList());
        Map<String, Object> curves = new LinkedHashMap<>();
        evaluation.curves().forEach((name, curve) -> curves.put(name, List.of(points(curve.x()), points(curve.y()), points(curve.at()))));
        tree.put("curves", curves);
        tree.put("suspects", evaluation.suspects().stream().map(ModelJson::suspect).toList());
        return write(ordered, tree);
    }

    private static Map<String, Object> suspect(LeakSuspect suspect) {
        return Map.of("feature", suspect.feature().definition(), "auc", suspect.auc());
    }

    private static Map<String, Object> slice(Slice slice) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dimension", slice.dimension());
        tree.put("segment", slice.segment());
        tree.put("cases", slice.cases());
        tree.put("metrics", slice.metrics());
        tree.put("intervals", intervals(slice.intervals()));
        return tree;
    }

    private static Map<String, Object> intervals(Map<String, Interval> intervals) {
        Map<String, Object> tree = new LinkedHashMap<>();
        intervals.forEach((name, interval) -> tree.put(name, interval(interval)));
        return tree;
    }

    private static double[] interval(Interval interval) {
        return new double[] {interval.low(), interval.high(), interval.level()};
    }

    /** Six figures are more than a picture shows; a threshold above all scores is null. */
    private static List<BigDecimal> points(double[] values) {
        List<BigDecimal> points = new ArrayList<>(values.length);
        for (double value : values) {
            points.add(Double.isFinite(value) ? new BigDecimal(value).round(PICTURE) : null);
        }
        return points;
    }

    /**
     * Writes the members of an ensemble.
     *
     * @param members with their weights
     * @return JSON; null when there are none
     */
    String members(List<MemberShare> members) {
        return members.isEmpty() ? null : write(ordered, members.stream().map(one -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("plugin", one.plugin());
            tree.put("version", one.version());
            tree.put("segment", one.segment());
            tree.put("weight", one.weight());
            tree.put("loss", Double.isNaN(one.loss()) ? null : one.loss());
            return tree;
        }).toList());
    }

    List<MemberShare> members(String json) {
        List<MemberShare> members = new ArrayList<>();
        if (json == null) {
            return members;
        }
        try {
            for (JsonNode one : mapper.readTree(json)) {
                members.add(new MemberShare(one.path("plugin").asText(), one.path("version").asText(), one.path("segment").asText(),
                        one.path("weight").asDouble(), one.path("loss").asDouble(Double.NaN)));
            }
            return members;
        } catch (JsonProcessingException e) {
            throw unreadable("members", e);
        }
    }

    /**
     * Writes what a model looks at.
     *
     * @param features the definitions
     * @return JSON; null when there are none
     */
    String features(Optional<FeatureSet> features) {
        return features.map(set -> write(ordered, set.features().stream().map(Feature::definition).toList())).orElse(null);
    }

    Optional<FeatureSet> features(String json) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FeatureSet(mapper.readValue(json, DEFINITIONS).stream().map(Feature::of).toList()));
        } catch (JsonProcessingException e) {
            throw unreadable("features", e);
        }
    }

    /**
     * Writes differences from rivals.
     *
     * @param differences by the rival's name
     * @return JSON; null when there are none
     */
    String differences(Map<String, Difference> differences) {
        Map<String, Object> tree = new LinkedHashMap<>();
        differences.forEach((name, difference) -> {
            Interval interval = difference.interval();
            tree.put(name, new double[] {difference.value(), interval.low(), interval.high(), interval.level()});
        });
        return tree.isEmpty() ? null : write(ordered, tree);
    }

    Map<String, Difference> differences(String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            Map<String, Difference> differences = new LinkedHashMap<>();
            mapper.readTree(json).fields().forEachRemaining(each -> {
                JsonNode four = each.getValue();
                differences.put(each.getKey(), new Difference(number(four.get(0)), new Interval(number(four.get(1)), number(four.get(2)),
                        number(four.get(3)))));
            });
            return differences;
        } catch (JsonProcessingException e) {
            throw unreadable("differences", e);
        }
    }

    /** Jackson writes a NaN as a text. */
    private static double number(JsonNode node) {
        return node.isNull() ? Double.POSITIVE_INFINITY : node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }

    /**
     * Writes a release policy.
     *
     * @param policy how models come to serve
     * @return JSON
     */
    String policy(ReleasePolicy policy) {
        return write(ordered, policy);
    }

    ReleasePolicy policy(String json) {
        try {
            return ordered.readValue(json, ReleasePolicy.class);
        } catch (JsonProcessingException e) {
            throw unreadable("release policy", e);
        }
    }

    /**
     * Writes a profile.
     *
     * @param profile histograms
     * @return JSON
     */
    String profile(ReferenceProfile profile) {
        return write(profiles, profile);
    }

    ReferenceProfile profile(String json) {
        try {
            return profiles.readValue(json, ReferenceProfile.class);
        } catch (JsonProcessingException e) {
            throw unreadable("profile", e);
        }
    }

    Evaluation evaluation(String json) {
        if (json == null) {
            return null;
        }
        try {
            var tree = mapper.readTree(json);
            Map<String, Double> metrics = mapper.convertValue(tree.get("metrics"), NUMBERS);
            List<Slice> slices = new ArrayList<>();
            tree.path("slices").forEach(slice -> slices.add(new Slice(slice.get("dimension").asText(), slice.get("segment").asText(),
                    slice.get("cases").asLong(), mapper.convertValue(slice.get("metrics"), NUMBERS), intervals(slice.path("intervals")))));
            Map<String, Curve> curves = new LinkedHashMap<>();
            tree.path("curves").fields().forEachRemaining(each -> curves.put(each.getKey(), new Curve(points(each.getValue().get(0)),
                    points(each.getValue().get(1)), points(each.getValue().get(2)))));
            return new Evaluation(metrics, tree.get("primary").asText(), tree.get("higherIsBetter").asBoolean(), tree.get("cases").asLong(),
                    intervals(tree.path("intervals")), slices, curves, suspects(tree.path("suspects")));
        } catch (JsonProcessingException e) {
            throw unreadable("evaluation", e);
        }
    }

    private List<LeakSuspect> suspects(JsonNode tree) {
        List<LeakSuspect> suspects = new ArrayList<>();
        tree.forEach(each -> suspects.add(new LeakSuspect(Feature.of(mapper.convertValue(each.get("feature"), TEXTS)),
                each.get("auc").asDouble())));
        return suspects;
    }

    private static Map<String, Interval> intervals(JsonNode tree) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        tree.fields().forEachRemaining(each -> intervals.put(each.getKey(), new Interval(number(each.getValue().get(0)),
                number(each.getValue().get(1)), number(each.getValue().get(2)))));
        return intervals;
    }

    private static double[] points(JsonNode tree) {
        double[] points = new double[tree.size()];
        for (int i = 0; i < points.length; i++) {
            points[i] = number(tree.get(i));
        }
        return points;
    }

    /**
     * Writes a tree.
     *
     * @param tree JSON values by name
     * @return JSON
     */
    byte[] tree(Map<String, Object> tree) {
        return write(ordered, tree).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a tree that somebody else wrote.
     *
     * @param bytes anything
     * @param type what is expected
     * @return the tree
     * @throws IllegalArgumentException when it is none
     */
    <T> T tree(byte[] bytes, TypeReference<T> type) {
        try {
            return mapper.readerFor(type).without(DeserializationFeature.USE_LONG_FOR_INTS).readValue(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON object", e);
        }
    }

    private static String write(ObjectMapper mapper, Object tree) {
        try {
            return mapper.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "A model's description could not be written as JSON.", e);
        }
    }

    private static KontorException unreadable(String what, JsonProcessingException cause) {
        return new KontorException(KontorException.Kind.INTERNAL, "The " + what + " of a model in the database cannot be read.", cause);
    }
}

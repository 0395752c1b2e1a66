package io.kontor.api.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureSetTest {

    static final FeatureSet ALL = new FeatureSet(List.of(new Feature.Numeric("amount", Scaling.LOG_STANDARD),
            new Feature.Category("country", Feature.Encoding.ONE_HOT, 3), new Feature.Category("attr.browser", Feature.Encoding.HASHED, 8),
            new Feature.Category("method", Feature.Encoding.TARGET, 1), new Feature.Differs("country", "billingCountry"),
            new Feature.Text("attr.note", 16, 2), new Feature.Clock(Feature.Part.WEEKDAY, true), new Feature.Age("attr.signup", Scaling.ROBUST),
            new Feature.Aggregate(Feature.Stat.SUM, "customerId", "amount", Duration.ofDays(1), Scaling.LOG1P),
            new Feature.Aggregate(Feature.Stat.COUNT, "device", "", Duration.ofHours(1), Scaling.NONE)));

    @Test
    void aDefinitionSaysAllThatIsNeededToMakeTheFeatureAgain() {
        for (Feature feature : ALL.features()) {
            assertEquals(feature, Feature.of(feature.definition()));
        }
        assertEquals("kind=aggregate, column=amount, key=customerId, scaling=LOG1P, stat=SUM, window=PT24H", ALL.definitions().get(8));
        assertEquals(1 + 4 + 8 + 1 + 1 + 16 + 2 + 1 + 1 + 1, ALL.width());
        assertEquals(new Column("country", Column.Type.TEXT), ALL.columns().get(1));
        assertEquals(9, ALL.columns().size(), "amount and country once each");
    }

    @Test
    void theFingerprintIsOfTheDefinitionsAndTheirOrderAlone() {
        List<Feature> features = ALL.features();
        assertEquals(ALL.fingerprint(), new FeatureSet(features.stream().map(each -> Feature.of(each.definition())).toList()).fingerprint());
        assertEquals("a9342b", new FeatureSet(List.of(new Feature.Numeric("amount", Scaling.NONE))).fingerprint().substring(0, 6),
                "the same on every machine and in every version, or models could not be compared");
        assertNotEquals(new FeatureSet(features.subList(0, 2)).fingerprint(),
                new FeatureSet(List.of(features.get(1), features.get(0))).fingerprint());
    }

    @Test
    void refusesWhatIsNoFeature() {
        for (Map<String, String> parts : List.of(Map.of("kind", "guess"), Map.of("column", "amount"), Map.of("kind", "numeric"),
                Map.of("kind", "text", "column", "x", "buckets", "many", "grams", "1"), Map.of("kind", "text", "column", "x", "buckets", "1",
                        "grams", "9"), Map.of("kind", "category", "column", "x", "encoding", "TARGET", "size", "2"),
                Map.of("kind", "aggregate", "stat", "SUM", "key", "k", "column", "", "window", "PT1H"),
                Map.of("kind", "aggregate", "stat", "COUNT", "key", "k", "column", "", "window", "soon"))) {
            assertThrows(IllegalArgumentException.class, () -> Feature.of(parts), parts.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> new FeatureSet(List.of()));
    }
}

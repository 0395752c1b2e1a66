package io.kontor.platform.admin.internal.records;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.data.DataQuality;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said about records. */
class RecordTextsTest {

    private final Visit english = new Rendering(Role.VIEWER, Locale.ENGLISH).visit();
    private final Visit chinese = new Rendering(Role.VIEWER, Locale.SIMPLIFIED_CHINESE).visit();

    @Test
    void everyKindOfRecordHasAName() {
        for (Entity entity : Entity.values()) {
            for (String key : List.of("records.entity.", "records.about.")) {
                assertEquals("", english.textOr(key + entity.path(), "").isEmpty() ? key + entity.path() : "");
            }
        }
    }

    @Test
    void reasonsAreSaidInTheVisitorsLanguageAndUnknownOnesStay() {
        assertEquals("quantity 必须是数字", chinese.said("quantity must be a number"));
        assertEquals("缺少 productId，view 事件必须提供", chinese.said("productId is missing, which a view event needs"));
        assertEquals("the row has 3 fields, the header 5", english.said("the row has 3 fields, the header 5"));
        assertEquals("something new", chinese.said("something new"));
    }

    @Test
    void findingsNameRowsAndKeepWhatIsUnknown() {
        assertEquals("1,200 rows have no price.", Finding.of(english, found("missing", Map.of())).text());
        assertEquals("1,200 件商品的成本高于售价。", Finding.of(chinese, found("margin", Map.of())).text());
        assertEquals("1,200 rows have a price outside of 0.5 to 1,000.",
                Finding.of(english, found("outliers", Map.of("low", 0.5, "high", 1000))).text());
        Finding unknown = Finding.of(english, found("new", Map.of()));
        assertEquals("as it came", unknown.text());
        assertEquals(List.of("p1 · price 1,234.5 · same as p2"), unknown.examples());
        assertEquals("warn", unknown.tone());
    }

    private static DataQuality.Finding found(String check, Map<String, Object> detail) {
        Map<String, Object> example = new LinkedHashMap<>(Map.of("id", "p1"));
        example.put("price", 1234.5);
        example.put("sameAs", "p2");
        return new DataQuality.Finding(Entity.PRODUCTS, check, "price", 1200, 0.5, DataQuality.Severity.WARNING, "as it came", detail,
                List.of(example));
    }

    @Test
    void tellsWhatTheFamiliesWithPluginsStillMiss() {
        Map<Entity, Extent> extents = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            extents.put(entity, new Extent(entity, entity == Entity.SALES ? 5 : 0, Instant.EPOCH, Instant.EPOCH, 0));
        }
        List<Need> needs = Need.of("inventory"::equals, extents);
        assertEquals(List.of("demand true", "stock false", "supply false"), needs.stream().map(need -> need.key() + " " + need.met()).toList());
    }
}

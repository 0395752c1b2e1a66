package io.kontor.platform.admin.internal.records;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.EnumMap;
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
        assertEquals("1,200 products have no price.",
                Finding.of(english, Map.of("entity", "products", "check", "price", "rows", 1200L, "share", 0.5, "text", "?")).text());
        assertEquals("as it came", Finding.of(english, Map.of("entity", "products", "check", "new", "rows", 1L, "share", 0.5,
                "text", "as it came")).text());
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

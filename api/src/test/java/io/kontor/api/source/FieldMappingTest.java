package io.kontor.api.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldMappingTest {

    private static Map<Entity, FieldMapping> parse(String... lines) {
        return FieldMapping.parse(lines, ValueFormat.of("dd.MM.yyyy", "", ","));
    }

    private static void assertRefused(String part, String line) {
        KontorException refused = assertThrows(KontorException.class, () -> parse(line));
        assertEquals(KontorException.Kind.CONFIGURATION, refused.kind());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    @Test
    void readsFieldsWithTheirHints() {
        Map<Entity, FieldMapping> all = parse("orders.time: Bestellt am ;format=epochMillis;zone=Asia/Shanghai", "",
                "orders.unitPrice:price;unit=0.01;decimal=.", "products.attr.colour:Farbe: außen");
        FieldMapping orders = all.get(Entity.ORDERS);
        assertEquals(List.of("time", "unitPrice"), List.copyOf(orders.fields().keySet()));
        assertEquals(new FieldMapping.Field("Bestellt am", new ValueFormat(Optional.of("epochMillis"), Optional.of(ZoneId.of("Asia/Shanghai")),
                ',', BigDecimal.ONE)), orders.fields().get("time"));
        assertEquals(new ValueFormat(Optional.of("dd.MM.yyyy"), Optional.empty(), '.', new BigDecimal("0.01")),
                orders.fields().get("unitPrice").format());
        assertEquals("Farbe: außen", all.get(Entity.PRODUCTS).fields().get("attr.colour").theirs());
        assertEquals(Map.of(), all.get(Entity.REVIEWS).fields());
        assertEquals(',', all.get(Entity.REVIEWS).format().decimal());
    }

    @Test
    void namesTheLineAtFault() {
        assertRefused("\"order.time:t\"", "order.time:t");
        assertRefused("must look like", "orders.time:");
        assertRefused("must look like", "orders.time");
        assertRefused("must have hints", "orders.time:t;zone");
        assertRefused("is no time zone", "orders.time:t;zone=Mars");
        assertRefused("is no pattern", "orders.time:t;format=bb");
        assertRefused("comma or a point", "orders.unitPrice:t;decimal=x");
        assertRefused("other than 0", "orders.unitPrice:t;unit=0");
        assertRefused("is not known", "orders.unitPrice:t;scale=2");
        KontorException twice = assertThrows(KontorException.class, () -> parse("orders.time:a", "orders.time:b"));
        assertTrue(twice.getMessage().contains("each canonical column once"));
    }

    @Test
    void readsWhatIsReadByEntity() {
        assertEquals(Map.of(Entity.ORDERS, "a=b", Entity.PRODUCTS, "p"), Feed.parse(new String[] {"orders = a=b", " ", "products=p"}, "files"));
        KontorException refused = assertThrows(KontorException.class, () -> Feed.parse(new String[] {"orders"}, "files"));
        assertEquals("The line \"orders\" of files must look like orders=..., each entity once.", refused.getMessage());
    }
}

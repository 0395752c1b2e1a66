package io.kontor.platform.admin.internal.imports;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.Uploads.Field;
import io.kontor.platform.data.Uploads.Layout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which column of a file is probably which of an entity's: the same name but for case and signs, or a name that shop systems use. */
final class Guesses {

    private static final Map<String, List<String>> ALSO_CALLED = Map.ofEntries(
            Map.entry("id", List.of("sku", "itemid", "number", "no", "code", "编号")),
            Map.entry("productId", List.of("sku", "product", "productcode", "stockcode", "item", "itemid", "articleid", "商品编号", "商品")),
            Map.entry("customerId", List.of("customer", "customerno", "userid", "user", "visitorid", "客户编号", "客户")),
            Map.entry("orderId", List.of("order", "orderno", "ordernumber", "invoice", "invoiceno", "订单号", "订单编号")),
            Map.entry("time", List.of("date", "datetime", "timestamp", "orderdate", "invoicedate", "createdat", "时间", "下单时间")),
            Map.entry("date", List.of("day", "time", "日期")),
            Map.entry("quantity", List.of("qty", "units", "amount", "count", "数量")),
            Map.entry("unitPrice", List.of("price", "itemprice", "单价")),
            Map.entry("price", List.of("unitprice", "saleprice", "价格", "售价")),
            Map.entry("cost", List.of("costprice", "purchaseprice", "成本")),
            Map.entry("title", List.of("name", "productname", "description", "标题", "名称", "商品名称")),
            Map.entry("category", List.of("categoryname", "department", "类目", "分类")),
            Map.entry("brand", List.of("manufacturer", "vendor", "品牌")),
            Map.entry("onHand", List.of("stock", "quantity", "inventory", "available", "库存")),
            Map.entry("leadTimeDays", List.of("leadtime", "交货期")),
            Map.entry("supplierId", List.of("supplier", "vendor", "供应商")),
            Map.entry("amount", List.of("total", "value", "金额")),
            Map.entry("type", List.of("event", "eventtype", "action")));

    private Guesses() {
    }

    /**
     * A choice for each column of a file.
     *
     * @param entity which records
     * @param columns the file's columns
     * @param layout the entity's
     * @return by the file's column, in its order: a canonical name, {@link Sorting#ATTRIBUTE} or empty for leaving it out
     */
    static List<String> of(Entity entity, List<String> columns, Layout layout) {
        Map<String, String> found = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Field field : layout.columns()) {
            columns.stream().filter(column -> plain(column).equals(plain(field.name())) && !found.containsKey(column)).findFirst()
                    .ifPresent(column -> take(column, field.name(), found, taken));
        }
        for (Field field : layout.columns()) {
            for (String other : taken.contains(field.name()) ? List.<String>of() : ALSO_CALLED.getOrDefault(field.name(), List.of())) {
                if (!taken.contains(field.name())) {
                    columns.stream().filter(column -> (plain(column).equals(other) || plain(column).equals(single(entity) + other))
                            && !found.containsKey(column)).findFirst().ifPresent(column -> take(column, field.name(), found, taken));
                }
            }
        }
        return columns.stream().map(column -> found.getOrDefault(column, layout.attributes() && column.startsWith(Sorting.PREFIX)
                ? Sorting.ATTRIBUTE : "")).toList();
    }

    private static void take(String column, String name, Map<String, String> found, Set<String> taken) {
        found.put(column, name);
        taken.add(name);
    }

    private static String single(Entity entity) {
        String path = entity.path();
        return path.endsWith("s") ? path.substring(0, path.length() - 1) : path;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.:-]", "");
    }
}

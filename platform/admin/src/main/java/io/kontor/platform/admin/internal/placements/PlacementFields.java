package io.kontor.platform.admin.internal.placements;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placement.Diversity;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Ratio;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A placement as it stands in its form: texts by field. Lists are separated by commas or lines; attributes are lines of a name, an equals sign
 * and values. What is no number is refused when the placement is checked.
 *
 * @param values texts by field
 * @param strategies the plugins that are ticked
 * @param rules the rules, texts by field
 */
public record PlacementFields(Map<String, String> values, List<String> strategies, List<Map<String, String>> rules) {

    private static final List<String> OF_RULES = List.of("id", "title", "enabled", "kind", "products", "categories", "brands", "attributes",
            "position", "factor", "from", "to", "countries", "regions", "cities");
    private static final int FALLBACKS = 3;

    /** An empty form. */
    static PlacementFields empty() {
        return of(new Placement("", "", "home", true, null, null, null, null, null, List.of(Placement.POPULAR), null));
    }

    /** A form that came in. */
    static PlacementFields of(Visit visit) {
        List<Map<String, String>> rules = new ArrayList<>();
        for (String number : visit.fields("row")) {
            Map<String, String> rule = new HashMap<>();
            OF_RULES.forEach(name -> rule.put(name, visit.field("r" + number + "." + name)));
            rules.add(rule);
        }
        return new PlacementFields(visit.fields(), visit.fields("strategy"), rules);
    }

    /** A placement that is kept. */
    static PlacementFields of(Placement placement) {
        Map<String, String> values = new HashMap<>();
        Filters filters = placement.filters();
        values.put("title", placement.title());
        values.put("kind", placement.kind());
        values.put("enabled", flag(placement.enabled()));
        values.put("ranking", placement.ranking() == null ? "" : placement.ranking());
        values.put("learning", placement.learning() == null ? "" : placement.learning());
        values.put("inStock", flag(filters.inStock()));
        values.put("minPrice", number(filters.minPrice()));
        values.put("maxPrice", number(filters.maxPrice()));
        values.put("categories", String.join("\n", filters.categories()));
        values.put("excludeCategories", String.join("\n", filters.excludeCategories()));
        values.put("brands", String.join("\n", filters.brands()));
        values.put("excludeBrands", String.join("\n", filters.excludeBrands()));
        values.put("excludeProducts", String.join("\n", filters.excludeProducts()));
        values.put("withAttributes", attributes(filters.attributes()));
        values.put("notBought", flag(placement.notBought()));
        values.put("notInCart", flag(placement.notInCart()));
        values.put("ratioMin", filters.priceRelativeToProduct() == null ? "" : number(filters.priceRelativeToProduct().min()));
        values.put("ratioMax", filters.priceRelativeToProduct() == null ? "" : number(filters.priceRelativeToProduct().max()));
        values.put("sameCategory", flag(filters.sameCategory()));
        values.put("lambda", number(placement.diversity().mmrLambda()));
        values.put("maxPerCategory", count(placement.diversity().maxPerCategory()));
        values.put("maxPerBrand", count(placement.diversity().maxPerBrand()));
        for (int i = 0; i < FALLBACKS; i++) {
            values.put("fallback" + i, i < placement.fallback().size() ? placement.fallback().get(i) : "");
        }
        values.put("personalWeight", number(placement.personalWeight()));
        return new PlacementFields(values, placement.strategies(), placement.rules().stream().map(PlacementFields::rule).toList());
    }

    private static Map<String, String> rule(Rule rule) {
        Map<String, String> values = new HashMap<>();
        values.put("id", rule.id());
        values.put("title", rule.name());
        values.put("enabled", flag(rule.enabled()));
        values.put("kind", rule.kind());
        values.put("products", String.join(", ", rule.products()));
        values.put("categories", String.join(", ", rule.categories()));
        values.put("brands", String.join(", ", rule.brands()));
        values.put("attributes", attributes(rule.attributes()).replace('\n', ';'));
        values.put("position", count(rule.position()));
        values.put("factor", number(rule.factor()));
        values.put("from", rule.from() == null ? "" : rule.from());
        values.put("to", rule.to() == null ? "" : rule.to());
        Segment segment = rule.customers() == null ? new Segment(null, null, null) : rule.customers();
        values.put("countries", String.join(", ", segment.countries()));
        values.put("regions", String.join(", ", segment.regions()));
        values.put("cities", String.join(", ", segment.cities()));
        return values;
    }

    /** The same form with one more rule. */
    PlacementFields withRule() {
        List<Map<String, String>> more = new ArrayList<>(rules);
        more.add(new HashMap<>(Map.of("kind", "boost", "factor", "2", "enabled", "on")));
        return new PlacementFields(values, strategies, more);
    }

    /**
     * What stands in a field.
     *
     * @param name the field
     * @return the text; empty when there is none
     */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /**
     * Whether a box is ticked.
     *
     * @param name the field
     * @return true when it is
     */
    public boolean ticked(String name) {
        return !value(name).isEmpty();
    }

    /** The placement that is written here; may be refused. */
    Placement placement(String id) {
        Ratio ratio = value("ratioMin").isEmpty() && value("ratioMax").isEmpty() ? null : new Ratio(number("ratioMin"), number("ratioMax"));
        Filters filters = new Filters(ticked("inStock"), number("minPrice"), number("maxPrice"), list(value("categories")),
                list(value("excludeCategories")), list(value("brands")), list(value("excludeBrands")), list(value("excludeProducts")),
                attributes(value("withAttributes")), ticked("notBought"), ticked("notInCart"), ratio, ticked("sameCategory"));
        List<Rule> read = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            read.add(rule(rules.get(i), i));
        }
        List<String> fallback = new ArrayList<>();
        for (int i = 0; i < FALLBACKS; i++) {
            if (ticked("fallback" + i)) {
                fallback.add(value("fallback" + i));
            }
        }
        return new Placement(id, value("title"), value("kind"), ticked("enabled"), strategies, ticked("ranking") ? value("ranking") : null,
                filters, read, new Diversity(number("lambda"), whole(value("maxPerCategory")), whole(value("maxPerBrand"))), fallback,
                number("personalWeight"), ticked("learning") ? value("learning") : null);
    }

    private Rule rule(Map<String, String> of, int index) {
        String kind = of.getOrDefault("kind", "");
        boolean pin = kind.equals("pin");
        Segment segment = new Segment(list(of.getOrDefault("countries", "")), list(of.getOrDefault("regions", "")),
                list(of.getOrDefault("cities", "")));
        boolean all = segment.countries().isEmpty() && segment.regions().isEmpty() && segment.cities().isEmpty();
        String id = of.getOrDefault("id", "");
        return new Rule(id.isEmpty() ? freeId(index) : id, of.getOrDefault("title", ""), !of.getOrDefault("enabled", "").isEmpty(), kind,
                list(of.getOrDefault("products", "")), list(of.getOrDefault("categories", "")), list(of.getOrDefault("brands", "")),
                attributes(of.getOrDefault("attributes", "").replace(';', '\n')), pin ? whole(of.getOrDefault("position", "")) : null,
                pin ? null : number(of.getOrDefault("factor", ""), null), time(of.getOrDefault("from", "")), time(of.getOrDefault("to", "")),
                all ? null : segment);
    }

    private String freeId(int index) {
        int number = index + 1;
        while (taken("rule-" + number)) {
            number++;
        }
        return "rule-" + number;
    }

    private boolean taken(String id) {
        return rules.stream().anyMatch(rule -> id.equals(rule.get("id")));
    }

    private static String time(String text) {
        return text.isEmpty() ? null : text.replace(' ', 'T');
    }

    private Double number(String name) {
        return number(value(name), null);
    }

    private static Double number(String text, Double otherwise) {
        try {
            return text.isEmpty() ? otherwise : Double.valueOf(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Integer whole(String text) {
        try {
            return text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split("[\\n,，]")).map(String::strip).filter(each -> !each.isEmpty()).distinct().toList();
    }

    private static Map<String, List<String>> attributes(String text) {
        Map<String, List<String>> attributes = new TreeMap<>();
        for (String line : text.split("\\n")) {
            int equals = line.indexOf('=');
            if (!line.isBlank()) {
                attributes.put(equals < 0 ? line.strip() : line.substring(0, equals).strip(),
                        equals < 0 ? List.of() : list(line.substring(equals + 1)));
            }
        }
        return attributes;
    }

    private static String attributes(Map<String, List<String>> attributes) {
        return attributes.entrySet().stream().map(each -> each.getKey() + "=" + String.join(", ", each.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String flag(boolean value) {
        return value ? "on" : "";
    }

    private static String number(Double value) {
        return value == null ? "" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String count(Integer value) {
        return value == null ? "" : value.toString();
    }
}

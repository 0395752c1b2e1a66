package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.FormRefusedException.Fault;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Rule;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds everything that is wrong with a placement. For one thread. */
final class PlacementCheck {

    /** What ids of placements and of their rules must be. */
    static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** What is said of an id that is not so. */
    static final String BAD_ID = "must have 1 to 63 lower-case letters, digits and hyphens, and begin with a letter or digit";

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 255;
    private static final int MOST_STRATEGIES = 20;
    private static final int MOST_RULES = 200;
    private static final int MOST_VALUES = 1_000;
    private static final int MOST_ATTRIBUTES = 20;
    private static final int LONGEST_LIST = 1_000;
    private static final double LARGEST_FACTOR = 100;

    private final List<Fault> faults = new ArrayList<>();

    private PlacementCheck() {
    }

    static void check(Placement placement) throws FormRefusedException {
        PlacementCheck check = new PlacementCheck();
        check.all(placement);
        if (!check.faults.isEmpty()) {
            throw new FormRefusedException(check.faults);
        }
    }

    private void all(Placement placement) {
        if (placement.id() == null || !ID.matcher(placement.id()).matches()) {
            fault("id", BAD_ID);
        }
        if (placement.title() == null || placement.title().isBlank()) {
            fault("title", "is required");
        } else if (placement.title().length() > LONGEST_TITLE) {
            fault("title", "may have at most " + LONGEST_TITLE + " characters");
        }
        oneOf("kind", placement.kind(), Placement.KINDS);
        texts("strategies", placement.strategies(), MOST_STRATEGIES);
        if (placement.ranking() != null) {
            texts("ranking", List.of(placement.ranking()), 1);
        }
        filters(placement.filters());
        rules(placement.rules());
        between("diversity.mmrLambda", placement.diversity().mmrLambda(), 0, 1);
        count("diversity.maxPerCategory", placement.diversity().maxPerCategory());
        count("diversity.maxPerBrand", placement.diversity().maxPerBrand());
        texts("fallback", placement.fallback(), MOST_STRATEGIES);
        between("personalWeight", placement.personalWeight(), 0, 1);
        if (placement.learning() != null) {
            oneOf("learning", placement.learning(), Placement.METHODS);
            if (placement.strategies().size() < 2) {
                fault("learning", "needs at least two strategies to choose from");
            }
        }
    }

    private void filters(Filters filters) {
        atLeast("filters.minPrice", filters.minPrice());
        atLeast("filters.maxPrice", filters.maxPrice());
        ordered("filters.maxPrice", filters.minPrice(), filters.maxPrice());
        texts("filters.categories", filters.categories(), MOST_VALUES);
        texts("filters.excludeCategories", filters.excludeCategories(), MOST_VALUES);
        texts("filters.brands", filters.brands(), MOST_VALUES);
        texts("filters.excludeBrands", filters.excludeBrands(), MOST_VALUES);
        texts("filters.excludeProducts", filters.excludeProducts(), MOST_VALUES);
        attributes("filters.attributes", filters.attributes());
        if (filters.priceRelativeToProduct() != null) {
            String path = "filters.priceRelativeToProduct";
            atLeast(path + ".min", filters.priceRelativeToProduct().min());
            atLeast(path + ".max", filters.priceRelativeToProduct().max());
            ordered(path + ".max", filters.priceRelativeToProduct().min(), filters.priceRelativeToProduct().max());
        }
    }

    private void rules(List<Rule> rules) {
        if (rules.size() > MOST_RULES) {
            fault("rules", "may have at most " + MOST_RULES + " rules");
            return;
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            String path = "rules[" + i + "]";
            Rule rule = rules.get(i);
            if (rule == null) {
                fault(path, "must be an object");
            } else {
                if (rule.id() == null || !ID.matcher(rule.id()).matches()) {
                    fault(path + ".id", BAD_ID);
                } else if (!ids.add(rule.id())) {
                    fault(path + ".id", "is that of an earlier rule");
                }
                rule(path + ".", rule);
            }
        }
    }

    private void rule(String path, Rule rule) {
        if (rule.title() != null && rule.title().length() > LONGEST_TITLE) {
            fault(path + "title", "may have at most " + LONGEST_TITLE + " characters");
        }
        texts(path + "products", rule.products(), MOST_VALUES);
        texts(path + "categories", rule.categories(), MOST_VALUES);
        texts(path + "brands", rule.brands(), MOST_VALUES);
        attributes(path + "attributes", rule.attributes());
        if (rule.products().isEmpty() && rule.categories().isEmpty() && rule.brands().isEmpty() && rule.attributes().isEmpty()) {
            fault(path + "products", "must name products, or categories, brands or attributes must");
        }
        oneOf(path + "kind", rule.kind(), Placement.RULE_KINDS);
        if ("pin".equals(rule.kind())) {
            if (rule.position() == null) {
                fault(path + "position", "is required for a pin");
            }
            count(path + "position", rule.position());
            nothing(path + "factor", rule.factor());
        } else if (Placement.RULE_KINDS.contains(rule.kind())) {
            nothing(path + "position", rule.position());
            boolean boost = rule.kind().equals("boost");
            if (rule.factor() == null || !(boost ? rule.factor() > 1 && rule.factor() <= LARGEST_FACTOR
                    : rule.factor() >= 0 && rule.factor() < 1)) {
                fault(path + "factor", boost ? "must be above 1 and at most 100 for a boost" : "must be 0 or more and below 1 for a bury");
            }
        }
        schedule(path, rule);
        if (rule.customers() != null) {
            texts(path + "customers.countries", rule.customers().countries(), MOST_VALUES);
            texts(path + "customers.regions", rule.customers().regions(), MOST_VALUES);
            texts(path + "customers.cities", rule.customers().cities(), MOST_VALUES);
        }
    }

    private void schedule(String path, Rule rule) {
        boolean good = time(path + "from", rule.from()) & time(path + "to", rule.to());
        if (good && !ScheduleTimes.begin(rule.from(), ZoneOffset.UTC).isBefore(ScheduleTimes.end(rule.to(), ZoneOffset.UTC))) {
            fault(path + "to", "must be after the beginning");
        }
    }

    private boolean time(String path, String text) {
        try {
            ScheduleTimes.end(text, ZoneOffset.UTC);
            return true;
        } catch (DateTimeException e) {
            fault(path, "must be a date as 2026-11-27, a time of the store's clock as 2026-11-27T08:00, or a time with an offset");
            return false;
        }
    }

    private void attributes(String path, Map<String, List<String>> attributes) {
        if (attributes.size() > MOST_ATTRIBUTES) {
            fault(path, "may have at most " + MOST_ATTRIBUTES + " values");
        }
        attributes.forEach((name, values) -> {
            if (name.isBlank() || values == null || values.isEmpty()) {
                fault(path, "must have a name and at least one value each");
            } else {
                texts(path + "." + name, values, MOST_VALUES);
            }
        });
    }

    private void texts(String path, List<String> texts, int most) {
        if (texts.size() > most) {
            fault(path, "may have at most " + most + " values");
        } else if (texts.stream().anyMatch(text -> text == null || text.isBlank() || text.length() > LONGEST_TEXT
                || text.indexOf('\0') >= 0)) {
            fault(path, "must have values of 1 to " + LONGEST_TEXT + " characters");
        } else if (new HashSet<>(texts).size() < texts.size()) {
            fault(path, "must not have a value twice");
        }
    }

    private void oneOf(String path, String text, List<String> choices) {
        if (text == null || !choices.contains(text)) {
            fault(path, "must be one of " + String.join(", ", choices));
        }
    }

    private void between(String path, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            fault(path, "must be 0 to 1");
        }
    }

    private void atLeast(String path, Double value) {
        if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            fault(path, "must be 0 or more");
        }
    }

    private void ordered(String path, Double min, Double max) {
        if (min != null && max != null && max < min) {
            fault(path, "must not be less than the least");
        }
    }

    private void count(String path, Integer value) {
        if (value != null && (value < 1 || value > LONGEST_LIST)) {
            fault(path, "must be 1 to " + LONGEST_LIST);
        }
    }

    private void nothing(String path, Object value) {
        if (value != null) {
            fault(path, "must not be given for a rule of this kind");
        }
    }

    private void fault(String field, String message) {
        faults.add(new Fault(field, message));
    }
}

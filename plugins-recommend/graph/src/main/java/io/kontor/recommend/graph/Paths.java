package io.kontor.recommend.graph;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.data.Product;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/** Puts the ways that lead from the basket to each product of an answer into words. For one request. */
final class Paths {

    private static final int MOST_REASONS = 2;
    private static final int LONGEST_TITLE = 200;
    // A store whose language is missing is spoken to in English, not in the language of the server.
    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final StoreData data;
    private final GraphModel model;
    private final Basket basket;
    private final Locale locale;
    private final ResourceBundle sentences;
    private final Map<String, MessageFormat> read = new HashMap<>();

    /** What a product of the basket adds to a score, and over what. */
    private record Path(String code, int product, String over, double amount) {
    }

    Paths(StoreData data, GraphModel model, Basket basket) {
        this.data = data;
        this.model = model;
        this.basket = basket;
        this.locale = data.store().locale();
        this.sentences = ResourceBundle.getBundle("OSGI-INF.l10n.graph", locale, getClass().getClassLoader(), STORE_LANGUAGE);
    }

    Ranking ranking(int[] best) {
        List<RankedItem> items = new ArrayList<>(best.length);
        for (int product : best) {
            items.add(item(product));
        }
        items.sort(Comparator.comparingDouble(RankedItem::score).reversed());
        return new Ranking(items);
    }

    private RankedItem item(int product) {
        List<Path> paths = new ArrayList<>();
        double sum = 0;
        for (int place = 0; place < basket.size(); place++) {
            double amount = basket.weight(place) * (double) model.walks().similarity(basket.product(place), product);
            if (amount > 0) {
                paths.add(path(basket.product(place), product, amount));
                sum += amount;
            }
        }
        paths.sort(Comparator.comparingDouble(Path::amount).reversed());
        List<Contribution> contributions = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        for (Path path : paths) {
            contributions.add(new Contribution(path.code(), title(path.product()), model.items().id(path.product()), path.amount()));
            if (reasons.size() < MOST_REASONS) {
                reasons.add(new Reason(path.code(), read.computeIfAbsent(path.code(), this::sentence)
                        .format(new Object[] {title(path.product()), path.over()}), path.amount()));
            }
        }
        return new RankedItem(model.items().id(product), sum, reasons,
                Optional.of(new Explanation(Explanation.Kind.EVIDENCE, 0, sum, contributions)));
    }

    private MessageFormat sentence(String code) {
        return new MessageFormat(sentences.getString("said." + code), locale);
    }

    // A brand says more than a category and that more than an attribute;
    // of several of a kind the one with the longest name, which is the nearest category.
    private Path path(int from, int to, double amount) {
        int shared = shared(from, to, Features.BRAND);
        if (shared >= 0) {
            return new Path("same-brand", from, value(shared), amount);
        }
        if (model.chosen()[from] && model.chosen()[to]) {
            return new Path("chosen-with", from, "", amount);
        }
        shared = shared(from, to, Features.CATEGORY);
        if (shared >= 0) {
            return new Path("same-category", from, value(shared), amount);
        }
        shared = shared(from, to, "");
        return shared >= 0 ? new Path("same-attribute", from, value(shared), amount) : new Path("related", from, "", amount);
    }

    private int shared(int from, int to, String kind) {
        SparseMatrix rows = model.features().rows();
        int found = -1;
        for (int a = rows.start(from); a < rows.start(from + 1); a++) {
            for (int b = rows.start(to); b < rows.start(to + 1); b++) {
                String name = model.features().names().get(rows.column(a));
                boolean longer = found < 0 || name.length() > model.features().names().get(found).length();
                if (rows.column(a) == rows.column(b) && name.startsWith(kind) && longer) {
                    found = rows.column(a);
                }
            }
        }
        return found;
    }

    private String value(int feature) {
        String name = model.features().names().get(feature);
        return name.substring(name.indexOf(':') + 1);
    }

    private String title(int product) {
        String id = model.items().id(product);
        String title = data.product(id).map(Product::title).filter(text -> !text.isBlank()).orElse(id);
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE / 2)) + "…";
    }
}

package io.kontor.recommend.content;

import io.kontor.api.choice.Basket;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Puts an answer into words: which products of the basket each one is like, or was chosen with. For one request. */
final class Answer {

    private static final int MOST_REASONS = 2;
    private static final int LONGEST_TITLE = 200;
    // A store whose language is missing is spoken to in English, not in the language of the server.
    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final StoreData data;
    private final Catalogue catalogue;
    private final Basket basket;
    private final Locale locale;
    private final ResourceBundle sentences;

    /** What a product of the basket adds to a score, and for what most of it. */
    private record Share(int product, double amount, String code) {
    }

    /**
     * Begins.
     *
     * @param data titles and language
     * @param catalogue the products
     * @param basket what is known of who asks
     */
    Answer(StoreData data, Catalogue catalogue, Basket basket) {
        this.data = data;
        this.catalogue = catalogue;
        this.basket = basket;
        this.locale = data.store().locale();
        this.sentences = ResourceBundle.getBundle("OSGI-INF.l10n.content", locale, getClass().getClassLoader(), STORE_LANGUAGE);
    }

    /**
     * Says why.
     *
     * @param best the products, best first
     * @return the answer
     */
    Ranking ranking(int[] best) {
        List<RankedItem> items = new ArrayList<>(best.length);
        for (int product : best) {
            items.add(item(product));
        }
        items.sort(Comparator.comparingDouble(RankedItem::score).reversed());
        return new Ranking(items);
    }

    private RankedItem item(int product) {
        List<Share> shares = new ArrayList<>();
        List<Contribution> contributions = new ArrayList<>();
        double sum = 0;
        for (int place = 0; place < basket.size(); place++) {
            int source = basket.product(place);
            double together = basket.weight(place) * catalogue.together(source, product);
            double alike = basket.weight(place) * catalogue.alike(source, product);
            double looks = basket.weight(place) * catalogue.looksAlike(source, product);
            if (source != product && together + alike + looks != 0) {
                String code = alike + looks < together ? chosen(source, product) : looks > alike ? "looks-alike" : "alike";
                shares.add(new Share(source, together + alike + looks, code));
            }
        }
        shares.sort(Comparator.comparingDouble(Share::amount).reversed());
        for (Share share : shares) {
            contributions.add(new Contribution(share.code, title(share.product), catalogue.items().id(share.product), share.amount));
            sum += share.amount;
        }
        List<Reason> reasons = new ArrayList<>();
        for (Share share : shares.subList(0, Math.min(MOST_REASONS, shares.size()))) {
            if (share.amount <= 0 && !reasons.isEmpty()) {
                break;
            }
            reasons.add(new Reason(share.code, said(share.code, title(share.product)), share.amount));
        }
        if (catalogue.fresh(product)) {
            reasons.add(new Reason("nobody-yet", said("nobody-yet", ""), Double.NaN));
        }
        return new RankedItem(catalogue.items().id(product), sum, reasons,
                Optional.of(new Explanation(Explanation.Kind.EVIDENCE, 0, sum, contributions)));
    }

    // Of products that nobody chose yet, nothing can be said that customers did.
    private String chosen(int source, int target) {
        if (catalogue.fresh(source)) {
            return catalogue.borrowsByLooks(source) ? "goes-with-looking-alike" : "goes-with-alike";
        } else if (catalogue.fresh(target)) {
            return catalogue.borrowsByLooks(target) ? "similar-to-looking-alike" : "similar-to-alike";
        }
        return "similar-to";
    }

    private String said(String code, String title) {
        return new MessageFormat(sentences.getString("said." + code), locale).format(new Object[] {title});
    }

    private String title(int product) {
        String id = catalogue.items().id(product);
        String title = data.product(id).map(Product::title).filter(text -> !text.isBlank()).orElse(id);
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE / 2)) + "…";
    }
}

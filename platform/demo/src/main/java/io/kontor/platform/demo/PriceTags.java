package io.kontor.platform.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The price of one product day by day. List prices change every few weeks for no reason that has to do with demand, which is what makes
 * elasticities knowable; promotions and markdowns lower them for whole weeks.
 */
final class PriceTags {

    private static final int SHORTEST = 4;
    private static final int LONGEST = 9;
    private static final int WEEK = 7;
    /** The last days have no promotion, so that the last price is the list price. */
    private static final int QUIET = 14;

    private final double[] price;
    private final boolean[] promoted;
    private final List<Tag> tags = new ArrayList<>();

    /**
     * A price and when it held.
     *
     * @param kind list or sale
     * @param price what a unit costs
     * @param from first day
     * @param until the day after the last
     */
    record Tag(String kind, double price, int from, int until) {
    }

    private PriceTags(int days) {
        price = new double[days];
        promoted = new boolean[days];
    }

    static PriceTags of(Profile profile, Item item, Span span, Chance chance) {
        PriceTags prices = new PriceTags(span.all());
        prices.list(profile.number("spread"), item, span, chance);
        prices.promotions(profile, item, span, chance);
        return prices;
    }

    double price(int day) {
        return price[day];
    }

    boolean promoted(int day) {
        return promoted[day];
    }

    List<Tag> tags() {
        return tags;
    }

    private void list(double spread, Item item, Span span, Chance chance) {
        int from = 0;
        double level = item.price();
        while (from < span.days()) {
            int until = from + WEEK * (SHORTEST + chance.below(LONGEST - SHORTEST));
            while (until < span.days() && !span.monday(until)) {
                until++;
            }
            // A price that would hold for the last days only is not worth writing on a tag.
            until = until > span.days() - QUIET ? span.all() : until;
            for (int day = from; day < Math.min(until, span.all()); day++) {
                price[day] = level;
            }
            tags.add(new Tag("list", level, from, until));
            from = until;
            level = Catalogue.nice(item.price() * StrictMath.exp(spread * Math.max(-2, Math.min(2, chance.gaussian()))));
        }
    }

    private void promotions(Profile profile, Item item, Span span, Chance chance) {
        double[] markdown = profile.numbers("markdown");
        for (int day = 0; day < span.days() - QUIET; day++) {
            if (!span.monday(day)) {
                continue;
            }
            int afterPeak = Math.floorMod(span.date(day).getDayOfYear() - item.appetite().peak(), 365) / WEEK;
            boolean season = afterPeak >= markdown[0] && afterPeak < markdown[0] + markdown[1];
            boolean promotion = chance.happens(profile.number("promotion"));
            if (season || promotion) {
                lower(day, chance.uniform(profile.numbers(season ? "markdownDepth" : "depth")));
            }
        }
    }

    private void lower(int from, double depth) {
        double lower = Catalogue.nice(price[from] * (1 - depth));
        for (int day = from; day < from + WEEK; day++) {
            price[day] = lower;
            promoted[day] = true;
        }
        tags.add(new Tag("sale", lower, from, from + WEEK));
    }
}

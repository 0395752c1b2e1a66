package io.kontor.platform.demo;

/**
 * What of the demand for one product the shelf could serve. The buyers review it once a week, fresh goods every other day, and order up to
 * what they expect until the next delivery, more or less well; what is wanted of an empty shelf is never recorded.
 */
final class Shelf {

    private static final int WEEKLY = 7;
    private static final int FRESH = 2;
    /** Below so many days of lead time goods are fresh. */
    private static final double FRESH_LEAD = 4;
    private static final int MEMORY = 28;
    /** Days that the first stock lasts beyond the first delivery. */
    private static final int RESERVE = 14;

    private final int[] sold;
    private final boolean[] served;
    private final int[] onHand;
    private final int[] onOrder;

    private Shelf(int days) {
        sold = new int[days];
        served = new boolean[days];
        onHand = new int[days];
        onOrder = new int[days];
    }

    static Shelf of(Item item, Demand demand, Span span, Chance chance) {
        Shelf shelf = new Shelf(span.days());
        Item.Supply supply = item.supply();
        int interval = supply.lead() < FRESH_LEAD ? FRESH : WEEKLY;
        int[] due = new int[span.days()];
        double expected = Math.max(item.appetite().daily(), demand.mean(item.launch()));
        int stock = packs(expected * (supply.lead() + interval + (interval == FRESH ? 1 : RESERVE)), supply.pack());
        int ordered = 0;
        int review = chance.below(interval);
        for (int day = item.launch(); day < span.days(); day++) {
            stock += due[day];
            ordered -= due[day];
            shelf.sold[day] = Math.min(stock, demand.wanted(day));
            shelf.served[day] = stock > 0 && demand.wanted(day) <= stock;
            stock -= shelf.sold[day];
            stock -= chance.binomial(stock, supply.waste());
            if (day % interval == review) {
                double wanted = shelf.rate(item, day, expected) * (supply.lead() + interval) * supply.planning() / (1 - supply.waste());
                int order = wanted <= stock + ordered ? 0 : packs(wanted - stock - ordered, supply.pack());
                int arrival = day + Math.max(1, (int) Math.rint(supply.lead() + supply.leadStd() * chance.gaussian()));
                ordered += order;
                if (order > 0 && arrival < span.days()) {
                    due[arrival] += order;
                }
            }
            shelf.onHand[day] = stock;
            shelf.onOrder[day] = ordered;
        }
        return shelf;
    }

    /** What the buyers believe is wanted a day: what was sold of late. */
    private double rate(Item item, int day, double expected) {
        int from = Math.max(item.launch(), day - MEMORY);
        int units = 0;
        int days = 0;
        for (int d = from; d < day; d++) {
            if (served[d]) {
                units += sold[d];
                days++;
            }
        }
        return days < WEEKLY ? expected : (double) units / days;
    }

    private static int packs(double units, int pack) {
        return Math.max(1, (int) Math.ceil(units / pack)) * pack;
    }

    int sold(int day) {
        return sold[day];
    }

    /** Whether all that was wanted could be had, so that sales are demand. */
    boolean served(int day) {
        return served[day];
    }

    /** Units on the shelf in the evening. */
    int onHand(int day) {
        return onHand[day];
    }

    /** Units that are under way. */
    int onOrder(int day) {
        return onOrder[day];
    }
}

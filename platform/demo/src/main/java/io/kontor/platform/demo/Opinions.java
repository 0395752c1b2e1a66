package io.kontor.platform.demo;

import java.util.List;

/** What customers looked at before they bought in the last weeks, and what they wrote afterwards. */
final class Opinions {

    private static final int EVENT_DAYS = 45;
    private static final int SECONDS_A_STEP = 50;
    private static final double SEARCHES = 0.25;
    private static final double REVIEWED = 0.06;
    private static final double PLEASED = 0.78;
    private static final double DISPLEASED = 0.08;
    private static final int REVIEW_DAYS = 20;

    private final Profile profile;
    private final List<Item> items;
    private final List<Order> orders;
    private final Span span;
    private final long seed;

    Opinions(Profile profile, List<Item> items, List<Order> orders, Span span, long seed) {
        this.profile = profile;
        this.items = items;
        this.orders = orders;
        this.span = span;
        this.seed = seed;
    }

    void events(Csv csv) {
        Chance chance = Chance.of(seed, profile.id() + " events");
        csv.cells("id", "time", "type", "customerId", "sessionId", "productId", "query").end();
        int number = 0;
        for (Order order : orders) {
            if (order.day() < span.days() - EVENT_DAYS) {
                continue;
            }
            long second = order.second() - 20L * SECONDS_A_STEP;
            if (chance.happens(SEARCHES)) {
                event(csv, ++number, second, "search", order, "", chance.of(profile.words("queries")));
            }
            for (Order.Line line : order.lines()) {
                for (int n = 1 + chance.below(2); n > 0; n--) {
                    Item seen = chance.of(items);
                    if (seen.taste() == order.customer().taste() || chance.happens(0.3)) {
                        second += 1 + chance.below(SECONDS_A_STEP);
                        event(csv, ++number, second, "view", order, seen.id(), "");
                    }
                }
                second += 1 + chance.below(SECONDS_A_STEP);
                event(csv, ++number, second, "view", order, line.item().id(), "");
                event(csv, ++number, second + 1 + chance.below(SECONDS_A_STEP), "cart", order, line.item().id(), "");
            }
        }
    }

    private static void event(Csv csv, int number, long second, String type, Order order, String product, String query) {
        csv.cell("e%06d".formatted(number)).time(second).cells(type, order.customer().id(), "s-" + order.id(), product, query).end();
    }

    void reviews(Csv csv) {
        Chance chance = Chance.of(seed, profile.id() + " reviews");
        csv.cells("id", "time", "productId", "customerId", "rating", "text", "language").end();
        String language = profile.text("locale").substring(0, 2);
        int number = 0;
        for (Order order : orders) {
            for (Order.Line line : order.lines()) {
                long second = order.second() + 86_400L * (2 + chance.below(REVIEW_DAYS));
                if (chance.happens(REVIEWED) && second < span.second(span.days(), 0)) {
                    double mood = chance.uniform(0, 1) - (line.returnedAfter() > 0 ? 0.5 : 0);
                    String words = mood > 1 - PLEASED ? "good" : mood > DISPLEASED ? "fair" : "poor";
                    int rating = words.equals("good") ? 4 + chance.below(2) : words.equals("fair") ? 3 : 1 + chance.below(2);
                    csv.cell("r%05d".formatted(++number)).time(second).cells(line.item().id(), order.customer().id()).cell(rating)
                            .cells(chance.of(profile.sentences(words)), language).end();
                }
            }
        }
    }
}

package io.kontor.platform.demo;

import java.util.List;

/** The records about goods: products, their prices, sales by day, stock and supply. */
final class GoodsRecords {

    private static final int STOCK_EVERY = 30;
    private static final int CLOSING = 23 * 60;
    private static final String HOLDING_RATE = "0.25";

    private final Profile profile;
    private final List<Item> items;
    private final List<PriceTags> prices;
    private final List<Shelf> shelves;
    private final Span span;

    GoodsRecords(Profile profile, List<Item> items, List<PriceTags> prices, List<Shelf> shelves, Span span) {
        this.profile = profile;
        this.items = items;
        this.prices = prices;
        this.shelves = shelves;
        this.span = span;
    }

    void products(Csv csv) {
        csv.cells("id", "title", "category", "brand", "price", "cost", "currency", "active", "createdAt",
                "attr." + profile.text("attribute")).end();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            csv.cells(item.id(), item.label().title(), item.label().category(), item.label().brand())
                    .money(prices.get(i).price(span.days() - 1)).money(item.cost()).cell(profile.text("currency")).flag(true)
                    .time(span.second(item.launch(), 0)).cell(item.label().attribute()).end();
        }
    }

    void prices(Csv csv) {
        csv.cells("productId", "price", "from", "to", "kind").end();
        for (int i = 0; i < items.size(); i++) {
            for (PriceTags.Tag tag : prices.get(i).tags()) {
                csv.cell(items.get(i).id()).money(tag.price()).time(span.second(tag.from(), 0));
                if (tag.until() < span.days()) {
                    csv.time(span.second(tag.until(), 0));
                } else {
                    csv.cell("");
                }
                csv.cell(tag.kind()).end();
            }
        }
    }

    void sales(Csv csv) {
        csv.cells("productId", "date", "quantity", "price", "promotion", "inStock").end();
        for (int day = 0; day < span.days(); day++) {
            for (int i = 0; i < items.size(); i++) {
                Shelf shelf = shelves.get(i);
                int launch = items.get(i).launch();
                // Of days without a sale only one a week is recorded: without it nobody would know the week's price.
                if (shelf.sold(day) > 0 || day > launch && !shelf.served(day) || day == launch || day > launch && span.monday(day)) {
                    csv.cells(items.get(i).id(), span.date(day).toString()).cell(shelf.sold(day)).money(prices.get(i).price(day))
                            .flag(prices.get(i).promoted(day)).flag(shelf.served(day)).end();
                }
            }
        }
    }

    void stock(Csv csv) {
        csv.cells("productId", "time", "onHand", "onOrder").end();
        for (int day = (span.days() - 1) % STOCK_EVERY; day < span.days(); day += STOCK_EVERY) {
            for (int i = 0; i < items.size(); i++) {
                if (day >= items.get(i).launch()) {
                    csv.cell(items.get(i).id()).time(span.second(day, CLOSING)).cell(shelves.get(i).onHand(day))
                            .cell(shelves.get(i).onOrder(day)).end();
                }
            }
        }
    }

    void supply(Csv csv) {
        csv.cells("productId", "supplierId", "leadTimeDays", "leadTimeStdDays", "packSize", "unitCost", "holdingCostRate").end();
        for (Item item : items) {
            Item.Supply supply = item.supply();
            csv.cells(item.id(), supply.supplier(), Double.toString(supply.lead()), Double.toString(supply.leadStd()))
                    .cell(supply.pack()).money(item.cost()).cell(HOLDING_RATE).end();
        }
    }
}

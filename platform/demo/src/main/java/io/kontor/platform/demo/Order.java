package io.kontor.platform.demo;

import java.util.List;

/**
 * What one customer bought at once.
 *
 * @param id the shop's own id
 * @param day the day
 * @param second when, in seconds since 1970
 * @param customer who
 * @param lines what
 */
record Order(String id, int day, long second, Customers.Customer customer, List<Line> lines) {

    /**
     * A product of an order.
     *
     * @param item the product
     * @param quantity units
     * @param price of a unit
     * @param returnedAfter days after which it came back; 0 for never
     */
    record Line(Item item, int quantity, double price, int returnedAfter) {
    }

    double total() {
        return lines.stream().mapToDouble(line -> line.quantity * line.price).sum();
    }

    int units() {
        return lines.stream().mapToInt(Line::quantity).sum();
    }
}

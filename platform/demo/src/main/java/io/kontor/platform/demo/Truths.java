package io.kontor.platform.demo;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is true of a generated store and no plugin is told. Immutable; safe for use by several threads. */
public final class Truths {

    private final Span span;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Item> items;
    private final List<Demand> demands;
    private final List<Shelf> shelves;
    private final Map<String, Integer> tastes;
    private final Map<String, Payment> payments;

    Truths(Span span, List<Item> items, List<Demand> demands, List<Shelf> shelves, Customers customers, List<Payment> payments) {
        this.span = span;
        this.items = items;
        this.demands = demands;
        this.shelves = shelves;
        for (int i = 0; i < items.size(); i++) {
            index.put(items.get(i).id(), i);
        }
        this.tastes = customers.all().stream().collect(Collectors.toMap(Customers.Customer::id, Customers.Customer::taste));
        this.payments = payments.stream().collect(Collectors.toMap(Payment::id, payment -> payment));
    }

    /**
     * The products.
     *
     * @return their ids in order
     */
    public List<String> products() {
        return items.stream().map(Item::id).toList();
    }

    /**
     * The first day with records.
     *
     * @return the day
     */
    public LocalDate first() {
        return span.date(0);
    }

    /**
     * The last day with records.
     *
     * @return the day
     */
    public LocalDate last() {
        return span.date(span.days() - 1);
    }

    /**
     * How demand answers to price.
     *
     * @param product the product's id
     * @return percent more units for one percent more of price, below 0
     */
    public double elasticity(String product) {
        return items.get(index(product)).appetite().elasticity();
    }

    /**
     * The demand to be expected on a day, whether or not the shelf could serve it.
     *
     * @param product the product's id
     * @param day from the first day to four weeks after the last; then at the last price
     * @return units, 0 or more
     */
    public double expectedDemand(String product, LocalDate day) {
        return demands.get(index(product)).mean(span.dayOf(day));
    }

    /**
     * What customers wanted on a day.
     *
     * @param product the product's id
     * @param day from the first to the last
     * @return units, of which perhaps not all were sold
     */
    public int demand(String product, LocalDate day) {
        return demands.get(index(product)).wanted(span.dayOf(day));
    }

    /**
     * Whether a day's demand could be served from the shelf.
     *
     * @param product the product's id
     * @param day from the first to the last
     * @return false when sales are less than demand, or the shelf was empty
     */
    public boolean served(String product, LocalDate day) {
        return shelves.get(index(product)).served(span.dayOf(day));
    }

    /**
     * The taste that a customer's purchases follow most.
     *
     * @param customer the customer's id
     * @return the taste's number
     */
    public int tasteOfCustomer(String customer) {
        Integer taste = tastes.get(customer);
        if (taste == null) {
            throw new IllegalArgumentException("there is no customer " + customer);
        }
        return taste;
    }

    /**
     * The known customers.
     *
     * @return their ids in order
     */
    public List<String> customers() {
        return tastes.keySet().stream().sorted().toList();
    }

    /**
     * The taste that a product is made for.
     *
     * @param product the product's id
     * @return the taste's number
     */
    public int tasteOfProduct(String product) {
        return items.get(index(product)).taste();
    }

    /**
     * The payments.
     *
     * @return their ids in order of time
     */
    public List<String> payments() {
        return payments.keySet().stream().sorted().toList();
    }

    /**
     * Whether a payment is fraud, complained about or not.
     *
     * @param payment the payment's id
     * @return whether it is
     */
    public boolean fraud(String payment) {
        return payment(payment).truth().fraud();
    }

    /**
     * The ring behind a payment.
     *
     * @param payment the payment's id
     * @return its number, from 0; -1 for none
     */
    public int ring(String payment) {
        return payment(payment).truth().ring();
    }

    private Payment payment(String id) {
        Payment payment = payments.get(id);
        if (payment == null) {
            throw new IllegalArgumentException("there is no payment " + id);
        }
        return payment;
    }

    private int index(String product) {
        Integer found = index.get(product);
        if (found == null) {
            throw new IllegalArgumentException("there is no product " + product);
        }
        return found;
    }
}

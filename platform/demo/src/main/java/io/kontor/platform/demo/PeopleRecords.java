package io.kontor.platform.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records about customers: who they are, what they ordered and sent back, how they paid. */
final class PeopleRecords {

    private static final long DAY = 86_400;

    private final Profile profile;
    private final Customers customers;
    private final List<Order> orders;
    private final List<Payment> payments;
    private final Span span;

    PeopleRecords(Profile profile, Customers customers, List<Order> orders, List<Payment> payments, Span span) {
        this.profile = profile;
        this.customers = customers;
        this.orders = orders;
        this.payments = payments;
        this.span = span;
    }

    void customers(Csv csv) {
        Map<String, Long> first = new HashMap<>();
        orders.forEach(order -> first.putIfAbsent(order.customer().id(), order.second()));
        csv.cells("id", "createdAt", "country", "city").end();
        for (Customers.Customer customer : customers.all()) {
            csv.cell(customer.id()).time(first.getOrDefault(customer.id(), span.second(0, 0))).cells(customer.country(), customer.city()).end();
        }
    }

    void orders(Csv csv) {
        csv.cells("orderId", "time", "customerId", "productId", "quantity", "unitPrice", "channel", "status").end();
        for (Order order : orders) {
            for (Order.Line line : order.lines()) {
                row(csv, order, line, 0);
                if (line.returnedAfter() > 0) {
                    row(csv, order, line, line.returnedAfter());
                }
            }
        }
    }

    private static void row(Csv csv, Order order, Order.Line line, int later) {
        csv.cell(order.id()).time(order.second() + DAY * later).cells(order.customer().id(), line.item().id())
                .cell(later > 0 ? -line.quantity() : line.quantity()).money(line.price())
                .cells("web", later > 0 ? "returned" : "completed").end();
    }

    void transactions(Csv csv) {
        csv.cells("id", "time", "amount", "orderId", "customerId", "currency", "method", "country", "billingCountry", "ip", "device",
                "emailHash", "cardHash", "label", "labelTime", "attr.accountAgeDays", "attr.units", "attr.express").end();
        long now = span.second(span.days(), 0);
        for (Payment payment : payments) {
            Payment.Origin origin = payment.origin();
            csv.cell(payment.id()).time(payment.second()).money(payment.amount()).cells(payment.order(), payment.customer(),
                    profile.text("currency"), origin.method(), origin.country(), origin.billingCountry(), origin.ip(), origin.device(),
                    origin.email(), origin.card());
            if (payment.truth().known() < now) {
                csv.cell(payment.truth().fraud() ? "fraud" : "legitimate").time(payment.truth().known());
            } else {
                csv.cells("", "");
            }
            csv.cell(payment.basket().accountAge()).cell(payment.basket().units()).flag(payment.basket().express()).end();
        }
    }
}

package io.kontor.platform.decisions.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.data.Orders;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A store of a test with its orders and prices. */
final class Market implements Stores, Orders {

    private final Store store = new Store("berlin", "Berlin", Currency.getInstance("EUR"), Locale.ENGLISH, ZoneId.of("Europe/Berlin"), "DE");
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Double> prices = Map.of("p1", 10.0, "p2", 20.0);

    void ordered(String id, Instant time, String customer, String product, double worth, int imported) {
        lines.add(new Line(id, time, customer, product, worth, imported));
    }

    @Override
    public List<Line> lines(String of, int imported, Instant from, int limit) {
        return lines.stream().filter(line -> of.equals(store.id()) && line.imported() > imported && !line.time().isBefore(from)).toList();
    }

    @Override
    public Sum sum(Connection connection, String of, String customer, Instant from, Instant until) {
        List<Line> theirs = lines.stream().filter(line -> of.equals(store.id()) && line.customer().equals(customer)
                && !line.time().isBefore(from) && line.time().isBefore(until)).toList();
        return new Sum(theirs.size(), theirs.stream().mapToDouble(Line::worth).sum());
    }

    @Override
    public Optional<Double> price(Connection connection, String of, String product) {
        return Optional.ofNullable(prices.get(product));
    }

    @Override
    public List<Store> list() {
        return List.of(store);
    }

    @Override
    public Optional<Store> find(String id) {
        return list().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public boolean create(Store other) {
        return false;
    }

    @Override
    public boolean update(Store other) {
        return false;
    }

    @Override
    public boolean delete(String id) {
        return false;
    }
}

package io.kontor.platform.data.internal;

import io.kontor.platform.data.Samples;
import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Samples in the order of the records' digests, which an index has. */
@Component(service = Samples.class)
public final class HashedSamples implements Samples {

    private static final String CUSTOMERS = "select id from customer where store = ? order by store, digest limit ?";
    private static final String BUYERS = "select customer_id from order_line where store = ? and customer_id is not null "
            + "order by store desc, time desc, digest desc limit ?";
    private static final String PRODUCTS = "select id from product where store = ? and coalesce(active, 1) = 1 order by store, digest limit ?";
    private static final int LINES_A_CUSTOMER = 10;

    private final Database database;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     */
    @Activate
    public HashedSamples(@Reference Database database) {
        this.database = database;
    }

    @Override
    public List<String> customers(String store, int limit) {
        Set<String> customers = ids(CUSTOMERS, store, limit);
        return first(customers.isEmpty() ? ids(BUYERS, store, limit * LINES_A_CUSTOMER) : customers, limit);
    }

    @Override
    public List<String> products(String store, int limit) {
        return first(ids(PRODUCTS, store, limit), limit);
    }

    private static List<String> first(Set<String> ids, int limit) {
        List<String> list = new ArrayList<>(ids);
        return list.subList(0, Math.min(limit, list.size()));
    }

    private Set<String> ids(String sql, String store, int limit) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, store);
                select.setInt(2, limit);
                try (ResultSet row = select.executeQuery()) {
                    Set<String> ids = new LinkedHashSet<>();
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                    return ids;
                }
            }
        });
    }
}

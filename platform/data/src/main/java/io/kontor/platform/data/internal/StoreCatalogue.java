package io.kontor.platform.data.internal;

import io.kontor.api.data.Product;
import io.kontor.platform.data.Catalogue;
import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Searches the product records of one store in the database. */
@Component(service = Catalogue.class)
public final class StoreCatalogue implements Catalogue {

    private static final int MOST = 500;
    private static final String SEARCH = "select id, title, category, brand, price, cost, active, image_url from product where store = ? "
            + "and id > ? and (lower(id) like ? escape '!' or lower(title) like ? escape '!' or lower(brand) like ? escape '!' "
            + "or lower(category) like ? escape '!') order by id limit ?";

    private final Database database;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     */
    @Activate
    public StoreCatalogue(@Reference Database database) {
        this.database = database;
    }

    @Override
    public List<Product> search(String store, String text, String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
        }
        String pattern = "%" + text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SEARCH)) {
                select.setString(1, store);
                select.setString(2, after);
                for (int i = 3; i <= 6; i++) {
                    select.setString(i, pattern);
                }
                select.setInt(7, limit);
                try (ResultSet row = select.executeQuery()) {
                    List<Product> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(Memory.product(row.getString(1), row, 2));
                    }
                    return found;
                }
            }
        });
    }
}

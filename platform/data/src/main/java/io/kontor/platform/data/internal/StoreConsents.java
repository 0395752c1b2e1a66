package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.privacy.Purpose;
import io.kontor.platform.data.Consents;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps what customers say in the database, where snapshots find it. */
@Component(service = {Consents.class, PersonalData.class})
public final class StoreConsents implements Consents, PersonalData {

    private final Database database;
    private final Stores stores;
    private final Memory memory;

    /**
     * Made by Declarative Services.
     *
     * @param database knows
     * @param stores all stores
     * @param memory serves what is asked often
     */
    @Activate
    public StoreConsents(@Reference Database database, @Reference Stores stores, @Reference Memory memory) {
        this.database = database;
        this.stores = stores;
        this.memory = memory;
    }

    @Override
    public boolean agreed(String store, String customer, Purpose purpose) {
        return memory.consents().agreed(store, customer, purpose);
    }

    @Override
    public Map<Purpose, Standing> of(String store, String customer) {
        return database.jdbc(connection -> ConsentTable.read(connection, store, country(store), List.of(customer)).get(customer));
    }

    private String country(String store) {
        return stores.find(store).orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted.")).country();
    }

    @Override
    public void say(String store, String customer, Map<Purpose, Boolean> said) {
        country(store);
        database.jdbc(connection -> {
            ConsentTable.say(connection, store, customer, said, Clock.systemUTC().millis());
            if (KnownCustomers.Use.FOLLOWED.purposes().stream().anyMatch(purpose -> !said.getOrDefault(purpose, true))) {
                AcceptedEvents.forget(connection, store, List.of(customer));
            }
            return null;
        });
        memory.consents().changed(store, customer);
    }

    @Override
    public Map<String, Boolean> optIn(String store) {
        return database.jdbc(connection -> ConsentTable.optIn(connection, store));
    }

    @Override
    public void optIn(String store, Map<String, Boolean> optIn) {
        country(store);
        database.jdbc(connection -> {
            ConsentTable.optIn(connection, store, optIn);
            AcceptedEvents.forget(connection, store, List.of(AcceptedEvents.ANYBODY));
            return null;
        });
        memory.consents().forget(store);
    }

    @Override
    public int erase(Connection connection, String store, String customer) throws SQLException {
        return PersonalRecords.execute(connection, "delete from consent where store = ? and customer_id = ?", store, customer);
    }

    @Override
    public List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        List<Map<String, Object>> said = new ArrayList<>();
        ConsentTable.read(connection, store, country(store), List.of(customer)).get(customer).forEach((purpose, standing) -> {
            if (standing.source() == Source.SAID) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("purpose", purpose.path());
                fields.put("agreed", standing.agreed());
                fields.put("since", standing.since().toString());
                said.add(fields);
            }
        });
        return said;
    }

    @Override
    public String name() {
        return "consent";
    }
}

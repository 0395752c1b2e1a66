package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.RecordWriter;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores records by the rules of imports, without a file. */
@Component(service = RecordWriter.class)
public final class DirectRecords implements RecordWriter {

    /** Imports count from 1. */
    private static final int NO_IMPORT = 0;

    private final Stores stores;
    private final Memory memory;
    private final Clock clock;
    private final Map<Entity, RowStore> tables = new EnumMap<>(Entity.class);

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the records
     * @param stores all stores
     * @param memory is told what has changed
     */
    @Activate
    public DirectRecords(@Reference Database database, @Reference Stores stores, @Reference Memory memory) {
        this(database, stores, memory, Clock.systemUTC());
    }

    DirectRecords(Database database, Stores stores, Memory memory, Clock clock) {
        this.stores = stores;
        this.memory = memory;
        this.clock = clock;
        for (Entity entity : Entity.values()) {
            if (entity != Entity.ORDERS && entity != Entity.EVENTS) {
                tables.put(entity, new RowStore(database, Records.of(entity)));
            }
        }
    }

    @Override
    public Runnable write(Connection connection, String store, Entity entity, List<Map<String, Object>> given) throws SQLException {
        RowStore table = tables.get(entity);
        if (table == null) {
            throw new IllegalArgumentException(entity.path() + " are not written directly");
        }
        Records records = Records.of(entity);
        ZoneId zone = stores.find(store).orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted.")).timeZone();
        List<Object[]> rows = parse(records, new RowParser(records, store, zone, clock), given);
        RowStore.Outcome outcome = table.store(connection, rows, NO_IMPORT);
        Extents.Growth growth = new Extents.Growth().add(outcome.added(), 0);
        rows.forEach(row -> growth.at(records.timeOf(row)));
        Extents.grow(connection, store, entity, growth);
        return () -> memory.changed(store, records, rows);
    }

    private static List<Object[]> parse(Records records, RowParser parser, List<Map<String, Object>> given) {
        JsonFields fields = new JsonFields(records, Map.of(), Set.of());
        RawRow raw = new RawRow(records);
        List<Object[]> rows = new ArrayList<>(given.size());
        for (int index = 0; index < given.size(); index++) {
            try {
                fields.fill(raw, given.get(index));
                rows.add(parser.parse(raw));
            } catch (RowRefusedException e) {
                throw new KontorException(KontorException.Kind.DATA, "Record " + index + " of " + records.entity().path() + " is refused: "
                        + e.getMessage() + ".", e);
            }
        }
        return rows;
    }
}

package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.Events;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Takes events. Requests are understood on their own threads and stored together. */
@Component
public final class GroupedEvents implements Events {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stores stores;
    private final Clock clock;
    private final Records records = Records.of(Entity.EVENTS);
    private final JsonFields fields = new JsonFields(records, Map.of(), Set.of());
    private final GroupedRows rows;

    /**
     * Made by Declarative Services.
     *
     * @param database takes the events
     * @param stores tell time zones
     * @param memory is told whose history has changed
     */
    @Activate
    public GroupedEvents(@Reference Database database, @Reference Stores stores, @Reference Memory memory) {
        this(database, stores, memory, Clock.systemUTC());
    }

    GroupedEvents(Database database, Stores stores, Memory memory, Clock clock) {
        this.stores = stores;
        this.clock = clock;
        this.rows = new GroupedRows(database, memory, records);
    }

    @Override
    public Receipt accept(String store, List<Map<String, Object>> events) {
        List<Object[]> good = new ArrayList<>(events.size());
        List<Object[]> aside = new ArrayList<>();
        List<Rejection> rejected = understand(store, events, good, aside);
        int stored = events.isEmpty() ? 0 : rows.await(rows.add(store, good, aside));
        return new Receipt(stored, good.size() - stored, rejected);
    }

    private List<Rejection> understand(String store, List<Map<String, Object>> events, List<Object[]> good, List<Object[]> aside) {
        ZoneId zone = stores.find(store)
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted.")).timeZone();
        RowParser parser = new RowParser(records, store, zone, clock);
        RawRow raw = new RawRow(records);
        List<Rejection> rejected = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            Map<String, Object> event = events.get(index);
            try {
                fields.fill(raw, event);
                good.add(parser.parse(raw));
            } catch (RowRefusedException e) {
                rejected.add(new Rejection(index, e.getMessage()));
                aside.add(Quarantine.row(store, Entity.EVENTS, index, null, customer(event), e, raw(event), clock.millis(), raw));
            }
        }
        return rejected;
    }

    private static String customer(Map<String, Object> event) {
        return event.get("customerId") == null ? null : event.get("customerId").toString();
    }

    private static String raw(Map<String, Object> event) {
        try {
            return Texts.raw(JSON.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("events must consist of JSON values", e);
        }
    }

    /** Stores what is waiting and ends. */
    @Deactivate
    void close() throws InterruptedException {
        rows.close();
    }
}

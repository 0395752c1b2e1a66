package io.kontor.platform.rest.internal.metrics;

import io.kontor.platform.data.Events;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Component;

/** Counts what became of the events that were sent. Safe for use by many threads. */
@Component(service = EventMetrics.class)
public final class EventMetrics {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    /**
     * Counts a request's events.
     *
     * @param receipt what became of them
     */
    public void count(Events.Receipt receipt) {
        accepted.add(receipt.accepted());
        duplicates.add(receipt.duplicates());
        rejected.add(receipt.rejected().size());
    }

    void write(Exposition out) {
        out.family("kontor_events_total", Exposition.Type.COUNTER, "Events that were sent, by what became of them.")
                .sample(accepted.sum(), "result", "accepted")
                .sample(duplicates.sum(), "result", "duplicate")
                .sample(rejected.sum(), "result", "rejected");
    }
}

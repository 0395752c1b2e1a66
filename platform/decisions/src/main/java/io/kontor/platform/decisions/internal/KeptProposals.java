package io.kontor.platform.decisions.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.data.RecordWriter;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps proposals in the database and lets decisions on them take effect. */
@Component(service = {Proposals.class, StoreListener.class})
public final class KeptProposals implements Proposals, StoreListener {

    private final Database database;
    private final ProposalEffects effects;
    private final Clock clock;

    /** A decision and what is to be done after its commit. */
    private record Decided(Kept proposal, Runnable after) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the proposals
     * @param writer stores what an approval changes
     * @param stock knows the levels that an order changes
     */
    @Activate
    public KeptProposals(@Reference Database database, @Reference RecordWriter writer, @Reference StockLevels stock) {
        this(database, writer, stock, Clock.systemUTC());
    }

    KeptProposals(Database database, RecordWriter writer, StockLevels stock, Clock clock) {
        this.database = database;
        this.effects = new ProposalEffects(writer, stock, clock);
        this.clock = clock;
    }

    @Override
    public void renew(String store, String family, String kind, List<New> proposals) {
        for (New one : proposals) {
            if (!one.answer().value().kind().equals(kind)) {
                throw new IllegalArgumentException("a proposal of kind " + one.answer().value().kind() + " among those of kind " + kind);
            }
        }
        database.jdbc(connection -> {
            ProposalTable.supersede(connection, store, family, kind, now());
            ProposalTable.add(connection, store, family, proposals, now());
            return null;
        });
    }

    @Override
    public List<Kept> list(String store, String family, State state, long before, int limit) {
        return database.jdbc(connection -> ProposalTable.list(connection, store, family, state, before, limit));
    }

    @Override
    public Map<String, Long> pending(String store) {
        return database.jdbc(connection -> ProposalTable.pending(connection, store));
    }

    @Override
    public Optional<Kept> find(String store, long id) {
        return database.jdbc(connection -> ProposalTable.find(connection, store, id, false));
    }

    @Override
    public Optional<Kept> decide(String store, long id, State to, String by, String note) {
        State from = switch (to) {
            case APPROVED, REJECTED -> State.PENDING;
            case REVERTED -> State.APPROVED;
            default -> throw new IllegalArgumentException("nobody decides that a proposal is " + to);
        };
        Optional<Decided> decided = database.jdbc(connection -> {
            Optional<Kept> found = ProposalTable.find(connection, store, id, true);
            if (found.isEmpty()) {
                return Optional.empty();
            } else if (found.get().state() != from) {
                throw new IllegalStateException("The proposal is " + found.get().state().name().toLowerCase(Locale.ROOT) + "; only a "
                        + from.name().toLowerCase(Locale.ROOT) + " one can be " + to.name().toLowerCase(Locale.ROOT) + ".");
            }
            Runnable after = to == State.REJECTED ? () -> { } : effects.apply(connection, found.get(), to == State.REVERTED);
            ProposalTable.decide(connection, id, to, by, note, now());
            return Optional.of(new Decided(ProposalTable.find(connection, store, id, false).orElseThrow(), after));
        });
        decided.ifPresent(done -> done.after.run());
        return decided.map(Decided::proposal);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void present(Store store) {
        // a store begins without proposals
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            ProposalTable.deleteAll(connection, store.id());
            return null;
        });
    }
}

package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.RecordWriter;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.Proposals.Kept;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What approving a proposal does to the store's records, and how it is taken back. Kinds that nothing is known of change no records. */
final class ProposalEffects {

    /** Kind of a proposal with a new {@code price} of a product; its {@code currentPrice} is what a reversal goes back to. */
    static final String PRICE = "price";
    /** Kind of a proposal to order a {@code quantity} of a product. */
    static final String ORDER = "order";

    private static final String SOURCE = "kontor";

    private final RecordWriter writer;
    private final StockLevels stock;
    private final Clock clock;

    ProposalEffects(RecordWriter writer, StockLevels stock, Clock clock) {
        this.writer = writer;
        this.stock = stock;
        this.clock = clock;
    }

    /**
     * Lets a proposal take effect, or takes its effect back.
     *
     * @param connection in the transaction of the decision
     * @param proposal what is decided on
     * @param back true to take it back
     * @return to be run after the commit
     */
    Runnable apply(Connection connection, Kept proposal, boolean back) throws SQLException {
        return switch (proposal.proposal().kind()) {
            case PRICE -> price(connection, proposal, back ? "currentPrice" : PRICE);
            case ORDER -> order(connection, proposal, back ? -1 : 1);
            default -> () -> { };
        };
    }

    private Runnable price(Connection connection, Kept proposal, String name) throws SQLException {
        return writer.write(connection, proposal.store(), Entity.PRICES, List.of(Map.of("productId", proposal.proposal().subject(),
                "price", number(proposal, name), "from", now().toString(), "kind", "list", "source", SOURCE)));
    }

    private Runnable order(Connection connection, Kept proposal, int sign) throws SQLException {
        double quantity = number(proposal, "quantity");
        String product = proposal.proposal().subject();
        StockLevels.Level level = stock.find(connection, proposal.store(), product, proposal.place())
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "There is no stock record of product " + product
                        + " any more, so the order cannot be noted."));
        Instant time = level.time().isBefore(now()) ? now() : level.time().plusMillis(1);
        Map<String, Object> record = new HashMap<>(Map.of("productId", product, "time", time.toString(), "onHand", level.onHand(),
                "onOrder", Math.max(0, level.onOrder() + sign * quantity), "reserved", level.reserved()));
        record.put("location", proposal.place().isEmpty() ? null : proposal.place());
        return writer.write(connection, proposal.store(), Entity.STOCK, List.of(record));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static double number(Kept proposal, String name) {
        if (proposal.proposal().change().get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new KontorException(KontorException.Kind.PLUGIN, "The proposal of " + proposal.servedBy().plugin() + " does not say the "
                + name + ".");
    }
}

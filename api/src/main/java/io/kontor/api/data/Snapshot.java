package io.kontor.api.data;

import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An immutable view of a store's records, streamed as batches of primitive columns in a fixed order (by time where rows have one, then by
 * content), so that equal snapshots give equal sequences. Memory use does not grow with the number of rows.
 *
 * <p>Customers have pseudonyms ({@code customerId}, and {@code id} of customers): the same customer the same one in all snapshots, requests and
 * histories of the store, on every server, so that training and serving fit together and a model that remembers customers knows no one's
 * id. Attributes and texts are given as the shop gave them. The hash is that of the shop's records, whatever customers are called.
 *
 * <p>For one thread. Every read may be repeated and gives the same rows.
 */
@ProviderType
public interface Snapshot extends AutoCloseable {

    /**
     * Streams the rows of an entity whose time lies in the window. Columns have the names of the import files; see {@link ColumnBatch}
     * for their types. Entities without a time (products, customers, supply) come whole.
     *
     * @param entity which records
     * @param batches called with up to 4,096 rows at a time; a batch's arrays are only valid during the call
     */
    void read(Entity entity, Consumer<ColumnBatch> batches);

    /**
     * Streams who did what with which product: order lines and events as one sequence. Columns: {@code time} (time), {@code type} (text, a
     * value of {@link Interaction.Type#text()}), {@code customerId} (text, may be null), {@code sessionId} (text: the event's session or
     * the line's order; may be null), {@code productId} (text), {@code value} (number as in {@link Interaction#value()}).
     *
     * @param batches called with up to 4,096 rows at a time; a batch's arrays are only valid during the call
     */
    void interactions(Consumer<ColumnBatch> batches);

    /**
     * Streams what order lines sold, with the day in a time zone; lines of returns and cancelled ones are left out. For the provenance
     * this is a read of all order lines. Columns: {@code productId} (text), {@code date} (time: midnight UTC of the day), {@code quantity}
     * (number, above 0) and {@code price} (number: mean price of a unit). The days of a product come in order; a day may come in several parts.
     *
     * @param zone says where the days begin
     * @param batches called with up to 4,096 rows at a time; a batch's arrays are only valid during the call
     */
    void dailySales(ZoneId zone, Consumer<ColumnBatch> batches);

    /**
     * The same frozen records, seen through a narrower window. Needs no closing of its own. A label of a transaction or an application that
     * became known ({@code labelTime}) at or after the end is left out, as it was not known then.
     *
     * @param from the first moment inside; null for no bound
     * @param until the first moment after; null for no bound
     * @return a view on this snapshot
     */
    Snapshot window(Instant from, Instant until);

    /**
     * How far the store's events and orders had come: the position of the last of what {@link StoreData#follow} tells, whatever its time and
     * the window. From here it goes on without a gap and without telling anything twice.
     *
     * @return a number that only rises; 0 when nothing had come
     */
    long position();

    /**
     * What has been read through this view so far, for the provenance of a model.
     *
     * @return window, number of rows and hash of all rows read, each entity counted once
     */
    SnapshotInfo info();

    /** Lets go of the database. */
    @Override
    void close();
}

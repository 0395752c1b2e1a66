package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.jobs.Starter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Corrects rows that were put aside and gives them to the store once more. A row leaves the quarantine in the transaction that stores it, so
 * that it is never in neither place nor in both. A service; safe for use by several threads.
 */
@ProviderType
public interface QuarantineDesk {

    /** Type of the job that replays many rows. */
    String JOB = "replay";

    /** What became of a row. */
    enum Verdict {
        /** It is new or changed what was there. */
        STORED,
        /** It was there already. */
        DUPLICATE,
        /** It stays in quarantine. */
        QUARANTINED
    }

    /**
     * What became of a row.
     *
     * @param verdict what became of it
     * @param field the field at fault; empty when none is
     * @param reason why it stays; empty when it does not
     */
    record Outcome(Verdict verdict, String field, String reason) {
    }

    /**
     * A column of an entity, for forms.
     *
     * @param name as in the import files
     * @param required whether a row needs it
     */
    record Field(String name, boolean required) {
    }

    /**
     * A row in quarantine and what it has, as far as it could be sorted into columns.
     *
     * @param row the row
     * @param fields column, or {@code attr.NAME}, to what was written there
     * @param columns the columns that such rows may have
     */
    record Held(Quarantined row, Map<String, String> fields, List<Field> columns) {
    }

    /**
     * Which rows are meant and how all of them are corrected.
     *
     * @param entity which records
     * @param reason only those that were put aside for this very reason; null for all
     * @param fields column to what is set in every row; a null value takes the column away
     * @param replace column to old values and what they are replaced by; after {@code fields}
     */
    record Correction(Entity entity, String reason, Map<String, String> fields, Map<String, Map<String, String>> replace) {
    }

    /**
     * One row.
     *
     * @param store the store's id
     * @param id the row's id
     * @return the row, or empty when it is not in quarantine
     */
    Optional<Held> find(String store, long id);

    /**
     * Corrects a row and gives it to the store the way imports do.
     *
     * @param store the id of an existing store
     * @param id the row's id
     * @param fields column to the corrected value; a null value takes the column away; what is not named stays as it came
     * @return what became of it, durably; empty when there is no such row
     * @throws io.kontor.api.KontorException of kind DATA, when such rows have no such column; nothing is changed then
     */
    Optional<Outcome> replay(String store, long id, Map<String, String> fields);

    /**
     * Submits the job that corrects many rows alike and gives them to the store. Its result counts them: {@code {read, stored, duplicates,
     * quarantined}}.
     *
     * @param store the id of an existing store
     * @param correction which rows and how
     * @param by who wants it
     * @return the id of the job
     * @throws io.kontor.api.KontorException of kind DATA, when such rows have no such column; nothing is submitted then
     */
    String replayAll(String store, Correction correction, Starter by);

    /**
     * Gives a row up: it is deleted.
     *
     * @param store the store's id
     * @param id the row's id
     * @return false when there is no such row
     */
    boolean dismiss(String store, long id);
}

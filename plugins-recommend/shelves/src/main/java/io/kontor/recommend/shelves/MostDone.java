package io.kontor.recommend.shelves;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;

/** A list of products by how often one kind of thing was done with them of late. */
abstract class MostDone extends Board {

    private final int days;
    private final byte deed;
    private final String code;
    private final String missing;

    /**
     * Made for one store.
     *
     * @param data the store's data
     * @param within to what the list is held
     * @param days over how many days before the newest record is counted
     * @param deed what is counted, as the ledger has it
     * @param code of the reason
     * @param missing what is said when nothing was counted
     */
    MostDone(StoreData data, String within, int days, byte deed, String code, String missing) {
        super(data, within);
        this.days = days;
        this.deed = deed;
        this.code = code;
        this.missing = missing;
    }

    @Override
    final Figures figures(Ledger.Part part) {
        return Tally.of(part, deed, days);
    }

    @Override
    final Reason reason(Words words, Leaders.Entry entry) {
        return words.reason(code, entry.score(), entry.first(), days);
    }

    @Override
    final String missing() {
        return missing;
    }
}

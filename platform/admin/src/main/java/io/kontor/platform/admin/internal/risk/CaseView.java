package io.kontor.platform.admin.internal.risk;

import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.ReasonLine;
import java.util.List;

/**
 * A case.
 *
 * @param row what the list says of it
 * @param transaction what the shop told of the transaction; empty when it is no longer recorded
 * @param reasons of the assessment
 * @param related earlier transactions that have something in common with it, the latest first
 * @param closed when and by whom it was labelled; empty while nobody has said
 * @param decision the address of the assessment
 * @param may whether the visitor may label it
 * @param fault what went wrong; empty when nothing
 */
public record CaseView(CaseRow row, List<Fact> transaction, List<ReasonLine> reasons, List<Related> related, String closed, String decision,
        boolean may, String fault) {

    /**
     * An earlier transaction.
     *
     * @param id its id
     * @param time when
     * @param amount what was paid
     * @param shared what it has in common
     * @param label what it turned out to be; empty when nobody has said
     * @param tone of the label
     */
    public record Related(String id, String time, String amount, String shared, String label, String tone) {
    }
}

package io.kontor.platform.admin.internal.risk;

/**
 * A case in a list.
 *
 * @param href its page
 * @param transaction the transaction's id
 * @param amount what was paid; a dash when the transaction is no longer recorded
 * @param customer who paid; empty when not known
 * @param score the assessment's
 * @param reason the weightiest
 * @param opened when
 * @param label what it turned out to be; empty while nobody has said
 * @param tone of the label
 * @param open whether nobody has said
 */
public record CaseRow(String href, String transaction, String amount, String customer, String score, String reason, String opened, String label,
        String tone, boolean open) {
}

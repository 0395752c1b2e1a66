package io.kontor.platform.data.internal;

/** Says why a row cannot be taken. Thrown for every bad row of a file, so it has no stack trace. */
final class RowRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * A refusal.
     *
     * @param field the field at fault; empty when it is the whole row
     * @param reason one plain sentence that does not quote the value
     */
    RowRefusedException(String field, String reason) {
        super(reason, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }
}

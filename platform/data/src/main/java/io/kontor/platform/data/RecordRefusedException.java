package io.kontor.platform.data;

/** Says why a single record cannot be taken. */
public final class RecordRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * A refusal.
     *
     * @param field the field at fault; empty when it is the whole record
     * @param reason one plain sentence that does not quote the value
     */
    public RecordRefusedException(String field, String reason) {
        super(reason, null, false, false);
        this.field = field;
    }

    /**
     * The field at fault.
     *
     * @return its name; empty when it is the whole record
     */
    public String field() {
        return field;
    }
}

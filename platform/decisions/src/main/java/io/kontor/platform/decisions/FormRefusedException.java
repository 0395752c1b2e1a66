package io.kontor.platform.decisions;

import java.util.List;

/** Says what is wrong with what an operator wrote: a rule, a placement. */
public final class FormRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * A field at fault.
     *
     * @param field its path in the JSON form, for example {@code conditions[0].value}
     * @param message what is wrong, to be read behind the field
     */
    public record Fault(String field, String message) {
    }

    /**
     * A refusal.
     *
     * @param faults at least one
     */
    public FormRefusedException(List<Fault> faults) {
        super(faults.get(0).field() + " " + faults.get(0).message());
        this.faults = List.copyOf(faults);
    }

    /**
     * What is wrong.
     *
     * @return in the order of the fields
     */
    public List<Fault> faults() {
        return faults;
    }
}

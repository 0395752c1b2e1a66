package io.kontor.platform.jobs;

/** A schedule was not taken; says which field is wrong and why. Nothing has changed. */
public class ScheduleRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * A refusal.
     *
     * @param field the field's name as in {@link Schedule.Terms}, or {@code id}
     * @param message what is wrong, in one plain sentence
     */
    public ScheduleRefusedException(String field, String message) {
        super(message);
        this.field = field;
    }

    /**
     * Which field is wrong.
     *
     * @return the field's name
     */
    public String field() {
        return field;
    }
}

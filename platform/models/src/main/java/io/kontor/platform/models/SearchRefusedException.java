package io.kontor.platform.models;

/** A search was not started; says which term is wrong and why. */
public class SearchRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * A refusal.
     *
     * @param field {@code strategy}, {@code trials}, {@code seconds}, {@code settings} or {@code settings.NAME}
     * @param message what is wrong, in one plain sentence
     */
    public SearchRefusedException(String field, String message) {
        super(message);
        this.field = field;
    }

    /**
     * Which term is wrong.
     *
     * @return its name
     */
    public String field() {
        return field;
    }
}

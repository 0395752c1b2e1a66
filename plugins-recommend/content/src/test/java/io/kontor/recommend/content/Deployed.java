package io.kontor.recommend.content;

import io.kontor.api.feature.TextEncoder;
import java.util.Optional;

/**
 * Encoders as if one were deployed, or none.
 *
 * @param encoder the one; null for none
 */
record Deployed(TextEncoder encoder) implements Encoders {

    /** An encoder that knows of tea, of running and of nothing else. */
    record Topics() implements TextEncoder {

        @Override
        public String name() {
            return "topics-1";
        }

        @Override
        public float[] encode(String text) {
            boolean tea = text.matches("(?i).*(tea|brew|leaves).*");
            boolean run = text.matches("(?i).*(run|jog|trail).*");
            return tea ? new float[] {1, 0, 0} : run ? new float[] {0, 1, 0} : new float[] {0, 0, 1};
        }
    }

    @Override
    public Optional<TextEncoder> reading(String language) {
        return language.equals("en") ? Optional.ofNullable(encoder) : Optional.empty();
    }

    @Override
    public Optional<TextEncoder> named(String name) {
        return Optional.ofNullable(encoder).filter(one -> one.name().equals(name));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

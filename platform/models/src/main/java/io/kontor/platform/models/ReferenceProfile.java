package io.kontor.platform.models;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model learned from and how it answered, in histograms: what later records and answers are compared with. The same histograms are
 * taken of those. Immutable.
 *
 * @param sources the records, source by source
 * @param predictions what it answered on the held-out part: scores, forecasts or demands; null when there was none
 */
public record ReferenceProfile(List<Source> sources, ColumnProfile predictions) {

    /**
     * Records of one kind.
     *
     * @param name the entity's name, or {@code interactions}
     * @param from the time of the first one looked at; null for records without a time
     * @param to the time of the last one; null for records without a time
     * @param rows how many there were
     * @param gapDays the most days in a row without any
     * @param columns how their values are spread
     */
    public record Source(String name, Instant from, Instant to, long rows, int gapDays, List<ColumnProfile> columns) {

        /** Copies the columns. */
        public Source {
            Objects.requireNonNull(name, "name");
            columns = List.copyOf(columns);
        }
    }

    /** Copies the sources. */
    public ReferenceProfile {
        sources = List.copyOf(sources);
    }

    /**
     * A source by its name.
     *
     * @param name its name
     * @return the source, or empty
     */
    public Optional<Source> source(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }
}

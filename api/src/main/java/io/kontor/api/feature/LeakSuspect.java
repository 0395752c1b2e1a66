package io.kontor.api.feature;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A feature that alone tells the labels apart almost perfectly. In the field that is hardly ever true and mostly a leak: a column that was
 * filled in when the label was known. Immutable.
 *
 * @param feature which
 * @param auc area under the curve of true over false positives by this feature alone, categories out of fold; above {@value #FROM}
 */
public record LeakSuspect(Feature feature, double auc) {

    /** From which area on a feature is suspected. */
    public static final double FROM = 0.99;
    /** Of fewer rows with or without the label nothing is suspected. */
    public static final int LEAST = 10;

    /** Checks. */
    public LeakSuspect {
        Objects.requireNonNull(feature, "feature");
    }

    /**
     * What to look at.
     *
     * @return the feature's definition in one line
     */
    public String definition() {
        return new FeatureSet(List.of(feature)).definitions().get(0);
    }

    /**
     * The suspicion as a line for a job's log.
     *
     * @return one plain sentence
     */
    public String sentence() {
        return String.format(Locale.ROOT, "Suspected leak: %s alone tells the labels apart (AUC %.4f). Is it filled in when the label is known?",
                definition(), auc);
    }
}

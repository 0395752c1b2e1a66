package io.kontor.platform.models;

import java.util.List;

/**
 * What somebody should know of a model before it answers (Mitchell et al., Model Cards for Model Reporting, 2019): where it comes from and how
 * good it is are in the model itself; here is what it cannot do, how it was decided on and what happened to it. Immutable.
 *
 * @param model the model with its provenance and evaluation
 * @param decision how it was decided on
 * @param limits what to mind, the gravest first
 * @param history changes of aliases that it gained or lost by, the newest first
 */
public record ModelCard(ModelVersion model, ModelRegistry.Decision decision, List<Limit> limits, List<AliasChange> history) {

    /** What to mind. */
    public enum Kind {
        /** Something that it learned from alone tells the labels apart: it may know what nobody knows when it is asked. */
        LEAK,
        /** It was not judged: there was too little data to hold a part out. */
        UNJUDGED,
        /** It was judged on few cases. */
        FEW_CASES,
        /** Nothing cheap was there to compare it with. */
        NO_BASELINE,
        /** The baseline is clearly better. */
        WORSE_THAN_BASELINE,
        /** On a part of the cases it is clearly worse than on the whole. */
        WEAK_SLICE,
        /** Of a part of the cases there are too few to say. */
        SMALL_SLICE,
        /** The newest record it learned from is old. */
        STALE,
        /** It learned from a short time, so it cannot know the seasons. */
        SHORT,
        /** What came after its data it has not seen. */
        UNSEEN
    }

    /**
     * Something to mind.
     *
     * @param kind what
     * @param text in one plain sentence
     */
    public record Limit(Kind kind, String text) {
    }
}

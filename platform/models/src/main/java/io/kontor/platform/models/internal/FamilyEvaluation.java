package io.kontor.platform.models.internal;

import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Trainer;
import java.time.Instant;
import java.util.Optional;

/**
 * How the models of a family are judged: which part of a store's records is held out, and how well a model that was trained on the rest
 * answers for it. One for each family whose plugins learn.
 */
sealed interface FamilyEvaluation permits RankingEvaluation {

    /**
     * The family whose models are judged.
     *
     * @return its name
     */
    String family();

    /**
     * Looks at the records and holds a part out.
     *
     * @param all all records of the store
     * @param store the store's id, for messages
     * @param seed decides which cases are taken when there are more than needed
     * @param job progress and cancel
     * @return the held-out part; empty when there is too little to judge by
     * @throws io.kontor.api.KontorException of kind DATA, naming counts, when there is nothing to learn from at all
     */
    Optional<Holdout> holdOut(Snapshot all, String store, long seed, JobContext job);

    /** A part of the records that training does not see. For one thread; every model judged by it gets the same cases. */
    interface Holdout {

        /**
         * What is to be trained on.
         *
         * @return a view on the records before the held-out part
         */
        Snapshot earlier();

        /**
         * Where the held-out part begins.
         *
         * @return its first moment
         */
        Instant begin();

        /**
         * Asks a model for every held-out case and scores its answers.
         *
         * @param trainer the plugin
         * @param model what the plugin learned from {@link #earlier()}
         * @param job progress and cancel
         * @param <M> the model's type
         * @return metrics and scores
         * @throws io.kontor.api.KontorException of kind PLUGIN when the plugin throws or breaks its contract
         */
        <M> Judgement judge(Trainer<M> trainer, M model, JobContext job);
    }

    /**
     * How good a model was.
     *
     * @param evaluation metrics over all cases
     * @param scores the primary metric case by case, in an order that is the same for all models judged by one holdout
     */
    record Judgement(Evaluation evaluation, double[] scores) {
    }
}

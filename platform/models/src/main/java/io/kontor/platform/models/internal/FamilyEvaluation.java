package io.kontor.platform.models.internal;

import io.kontor.api.data.Snapshot;
import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Statistic;
import io.kontor.api.model.Evaluation;
import io.kontor.api.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the models of a family are judged: which part of a store's records is held out, and how well a model that was trained on the rest
 * answers for it. One for each family whose plugins learn.
 */
interface FamilyEvaluation {

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
     * @param store the store
     * @param seed decides which cases are taken when there are more than needed
     * @param job progress and cancel
     * @return the held-out part; empty when there is too little to judge by
     * @throws io.kontor.api.KontorException of kind DATA, naming counts, when there is nothing to learn from at all
     */
    Optional<Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job);

    /**
     * Holds the records from a moment on out, to judge a model that learned from what came before.
     *
     * @param all all records of the store
     * @param store the store
     * @param begin the first moment that the model does not know
     * @param seed decides which cases are taken when there are more than needed
     * @param job progress and cancel
     * @return the held-out part; empty when too little came since
     */
    Optional<Holdout> since(Snapshot all, Store store, Instant begin, long seed, JobContext job);

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
         * @return its first moment; the last moment of all when it is no part of the time
         */
        Instant begin();

        /**
         * What {@link #earlier()} is, in a few words.
         *
         * @return to be read after "training on"
         */
        default String part() {
            return "the data before " + begin();
        }

        /**
         * Asks a plugin for every held-out case and scores its answers.
         *
         * @param plugin the plugin's service object
         * @param model what the plugin learned from {@link #earlier()}; null for a plugin that does not learn
         * @param job progress and cancel
         * @return metrics and scores
         * @throws io.kontor.api.KontorException of kind PLUGIN when the plugin throws or breaks its contract
         */
        Judgement judge(Object plugin, Object model, JobContext job);
    }

    /**
     * How good a model was.
     *
     * @param evaluation metrics over all cases
     * @param cases how many there are
     * @param primary the primary metric over the cases, whose order is the same for all models judged by one holdout
     * @param answers the numbers that it answered with, to compare later answers with; empty when there are none
     */
    record Judgement(Evaluation evaluation, int cases, Statistic primary, double[] answers) {

        /** A judgement that keeps no answers. */
        Judgement(Evaluation evaluation, int cases, Statistic primary) {
            this(evaluation, cases, primary, new double[0]);
        }

        /**
         * The same with what was answered.
         *
         * @param numbers one an answer
         * @return a copy
         */
        Judgement answering(double[] numbers) {
            return new Judgement(evaluation, cases, primary, numbers);
        }

        /**
         * The same of a model with suspected features.
         *
         * @param suspects what its plugin suspects
         * @return a copy
         */
        Judgement suspecting(List<LeakSuspect> suspects) {
            return new Judgement(evaluation.suspecting(suspects), cases, primary, answers);
        }

        /**
         * By how much the primary metric exceeds that of another model on the same cases, by the paired bootstrap.
         *
         * @param rival the other one
         * @param level the confidence of its interval
         * @return above 0 when this one's metric is higher, whichever direction is better
         */
        Difference less(Judgement rival, double level) {
            return Measures.difference(cases, primary, rival.primary, level);
        }
    }
}

package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.store.Store;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Judges risk scorers by the latest three tenths of the labelled transactions, at most {@value #MAX_CASES}. What a scorer learns from ends
 * where they begin, labels that came later included: a snapshot's window leaves those out.
 */
final class RiskEvaluation implements FamilyEvaluation {

    /** More tell nothing new and only take time. */
    static final int MAX_CASES = 100_000;

    private static final double HELD_OUT = 0.3;
    private static final int LEAST = 10;
    private static final int LEAST_HELD_OUT = 5;
    private static final int ASKED_EVERY = 1_000;

    /** When each labelled transaction was, and what it is. */
    private static final class Labels {

        private long[] times = new long[1_024];
        private boolean[] fraud = new boolean[1_024];
        private int size;
        private int frauds;

        void add(LabelledTransaction row) {
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                fraud = Arrays.copyOf(fraud, size * 2);
            }
            times[size] = row.transaction().time().toEpochMilli();
            fraud[size] = row.label() == LabelledTransaction.Label.FRAUD;
            frauds += fraud[size++] ? 1 : 0;
        }

        /** The index where the held-out part begins; those of one moment stay together. */
        int cut() {
            int cut = size - (int) Math.min(MAX_CASES, Math.round(size * HELD_OUT));
            while (cut > 0 && times[cut - 1] == times[cut]) {
                cut--;
            }
            return cut;
        }

        int fraudsFrom(int begin) {
            int count = 0;
            for (int i = begin; i < size; i++) {
                count += fraud[i] ? 1 : 0;
            }
            return count;
        }
    }

    @Override
    public String family() {
        return Family.RISK;
    }

    @Override
    public Optional<Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job) {
        Labels labels = labels(all.window(null, null), job);
        if (labels.frauds < LEAST || labels.size - labels.frauds < LEAST) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store.id() + " has " + labels.frauds
                    + " transactions labelled fraud and " + (labels.size - labels.frauds) + " labelled legitimate; at least " + LEAST
                    + " of each are needed to learn from and to judge.");
        }
        int cut = labels.cut();
        return cut == 0 ? Optional.empty() : held(all, labels, cut);
    }

    private static Optional<Holdout> held(Snapshot all, Labels labels, int cut) {
        int held = labels.fraudsFrom(cut);
        return held < LEAST_HELD_OUT || held == labels.size - cut ? Optional.empty()
                : Optional.of(new RiskHoldout(all, Instant.ofEpochMilli(labels.times[cut]), labels.size - cut));
    }

    @Override
    public Optional<Holdout> since(Snapshot all, Store store, Instant begin, long seed, JobContext job) {
        Labels labels = labels(all.window(begin, null), job);
        return held(all, labels, Math.max(0, labels.size - MAX_CASES));
    }

    private static Labels labels(Snapshot data, JobContext job) {
        Labels labels = new Labels();
        int[] count = {0};
        LabelledTransaction.read(data, row -> {
            if (count[0]++ % ASKED_EVERY == 0) {
                job.checkCancelled();
            }
            if (row.label() != LabelledTransaction.Label.UNKNOWN) {
                labels.add(row);
            }
        });
        return labels;
    }
}

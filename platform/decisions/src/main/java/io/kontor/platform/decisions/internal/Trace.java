package io.kontor.platform.decisions.internal;

import io.kontor.api.recommend.RankedItem;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.PlacementPreview.Held;
import io.kontor.platform.decisions.PlacementPreview.Moved;
import io.kontor.platform.decisions.PlacementPreview.Scored;
import io.kontor.platform.decisions.PlacementPreview.Stage;
import io.kontor.platform.decisions.Recommended;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Writes down the stages of a preview. Outside of previews nothing is written down. Predicates of it may be used by several threads. */
class Trace {

    /** Writes nothing down. */
    static final Trace NONE = new Trace();

    /** The sieve, with what it holds back written down. */
    Predicate<String> seen(Sieve sieve) {
        return sieve;
    }

    /** What a strategy gave; the note is empty when all went well. */
    void stage(String strategy, int level, String note, List<RankedItem> items) {
        // not written down
    }

    /** The candidates in order, before rules. */
    void ranked(List<Candidate> candidates) {
        // not written down
    }

    /** The candidates in order, after boosts and buries. */
    void adjusted(List<Candidate> candidates) {
        // not written down
    }

    /** What a rule did. */
    void moved(String rule, String kind, String product, int from, int to) {
        // not written down
    }

    /** Writes everything down. */
    static final class Written extends Trace {

        private static final int MOST_HELD = 200;
        private static final int MOST_SHOWN = 1_000;

        private final PlacementWords words;
        private final List<Stage> stages = new ArrayList<>();
        private final List<Held> held = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final Map<String, Integer> counts = new TreeMap<>();
        private final List<Moved> moves = new ArrayList<>();
        private List<Scored> ranked = List.of();
        private List<Scored> adjusted = List.of();

        Written(PlacementWords words) {
            this.words = words;
        }

        @Override
        Predicate<String> seen(Sieve sieve) {
            return product -> {
                Hold why = sieve.held(product);
                if (why != null) {
                    note(product, why);
                }
                return why == null;
            };
        }

        private synchronized void note(String product, Hold why) {
            if (seen.add(product)) {
                counts.merge(why.text(), 1, Integer::sum);
                if (held.size() < MOST_HELD) {
                    held.add(new Held(product, why.text(), words.held(why)));
                }
            }
        }

        @Override
        void stage(String strategy, int level, String note, List<RankedItem> items) {
            stages.add(new Stage(strategy, level, note, items.stream().limit(MOST_SHOWN)
                    .map(item -> new Scored(item.product(), item.score())).toList()));
        }

        private static List<Scored> scored(List<Candidate> candidates) {
            return candidates.stream().limit(MOST_SHOWN).map(each -> new Scored(each.product(), each.value())).toList();
        }

        @Override
        void ranked(List<Candidate> candidates) {
            ranked = scored(candidates);
        }

        @Override
        void adjusted(List<Candidate> candidates) {
            adjusted = scored(candidates);
        }

        @Override
        void moved(String rule, String kind, String product, int from, int to) {
            moves.add(new Moved(rule, kind, product, from, to));
        }

        synchronized PlacementPreview preview(Answer<Recommended> answer) {
            return new PlacementPreview(List.copyOf(stages), ranked, List.copyOf(held), Map.copyOf(counts), List.copyOf(moves), adjusted,
                    answer);
        }
    }
}

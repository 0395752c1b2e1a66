package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.DecisionStatistics.Calls;
import io.kontor.platform.decisions.DecisionStatistics.Fallback;
import io.kontor.platform.decisions.DecisionStatistics.Fallbacks;
import io.kontor.platform.decisions.DecisionStatistics.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls into plugins and fallbacks. Safe for use by many threads. */
final class CallCounts {

    private final Map<CallKey, LongAdder> calls = new ConcurrentHashMap<>();
    private final Map<FallbackKey, LongAdder> fallbacks = new ConcurrentHashMap<>();

    private record CallKey(String family, String plugin, Outcome outcome) {
    }

    private record FallbackKey(String family, Fallback by) {
    }

    void call(String family, String plugin, Outcome outcome) {
        calls.computeIfAbsent(new CallKey(family, plugin, outcome), k -> new LongAdder()).increment();
    }

    void fallback(String family, Fallback by) {
        fallbacks.computeIfAbsent(new FallbackKey(family, by), k -> new LongAdder()).increment();
    }

    List<Calls> calls() {
        return calls.entrySet().stream().map(e -> new Calls(e.getKey().family(), e.getKey().plugin(), e.getKey().outcome(),
                e.getValue().sum())).toList();
    }

    List<Fallbacks> fallbacks() {
        return fallbacks.entrySet().stream().map(e -> new Fallbacks(e.getKey().family(), e.getKey().by(), e.getValue().sum())).toList();
    }
}

package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.JobHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The handlers that are there, by the type of job they do; of several for one type the first to come is asked. Safe for several threads. */
final class Handlers {

    private final Map<String, List<JobHandler>> byType = new HashMap<>();

    synchronized void add(String type, JobHandler handler) {
        byType.computeIfAbsent(type, t -> new ArrayList<>()).add(handler);
    }

    synchronized void remove(JobHandler handler) {
        byType.values().forEach(handlers -> handlers.removeIf(h -> h == handler));
        byType.values().removeIf(List::isEmpty);
    }

    synchronized Set<String> types() {
        return new HashSet<>(byType.keySet());
    }

    synchronized Optional<JobHandler> find(String type) {
        return Optional.ofNullable(byType.get(type)).map(handlers -> handlers.get(0));
    }
}

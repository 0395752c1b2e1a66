package io.kontor.platform.rest.internal.metrics;

import io.kontor.platform.rest.internal.metrics.Exposition.Family;
import io.kontor.platform.rest.internal.metrics.Exposition.Type;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** What the Java machine tells of itself, under the names that dashboards for Java know. */
final class JvmMetrics {

    private JvmMetrics() {
    }

    static void write(Exposition out) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        memory(out, "jvm_memory_used_bytes", "Used memory.", heap.getUsed(), other.getUsed());
        memory(out, "jvm_memory_committed_bytes", "Memory taken from the system.", heap.getCommitted(), other.getCommitted());
        memory(out, "jvm_memory_max_bytes", "Most memory that may be used; -1 for no limit.", heap.getMax(), other.getMax());

        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        out.family("jvm_threads_current", Type.GAUGE, "Threads.").sample(threads.getThreadCount());
        out.family("jvm_threads_daemon", Type.GAUGE, "Daemon threads.").sample(threads.getDaemonThreadCount());
        out.family("jvm_threads_peak", Type.GAUGE, "Most threads since the start.").sample(threads.getPeakThreadCount());

        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        Family runs = out.family("jvm_gc_collections_total", Type.COUNTER, "Garbage collections.");
        collectors.forEach(gc -> runs.sample(gc.getCollectionCount(), "gc", gc.getName()));
        Family seconds = out.family("jvm_gc_collection_seconds_total", Type.COUNTER, "Time of garbage collections.");
        collectors.forEach(gc -> seconds.sample(gc.getCollectionTime() / 1e3, "gc", gc.getName()));

        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        out.family("jvm_classes_currently_loaded", Type.GAUGE, "Loaded classes; what hot deployment leaks shows here.")
                .sample(classes.getLoadedClassCount());
        out.family("process_start_time_seconds", Type.GAUGE, "Start, in seconds since 1970.")
                .sample(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    }

    private static void memory(Exposition out, String name, String help, long heap, long other) {
        out.family(name, Type.GAUGE, help).sample(heap, "area", "heap").sample(other, "area", "nonheap");
    }
}

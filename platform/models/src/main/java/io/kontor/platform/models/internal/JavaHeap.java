package io.kontor.platform.models.internal;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the virtual machine tells of its heap. Not safe for use by several threads but for {@link #allocated}. */
final class JavaHeap {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Set<String> pools = new HashSet<>();
    private long collections;

    JavaHeap() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                pools.add(pool.getName());
            }
        }
    }

    long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    long most() {
        return Runtime.getRuntime().maxMemory();
    }

    /** How many bytes a thread has allocated since it began; 0 for one that has ended. */
    long allocated(long thread) {
        return Math.max(0, threads.getThreadAllocatedBytes(thread));
    }

    /** Collects all garbage, which stops the virtual machine for as long as a full collection takes. */
    void collect() {
        ManagementFactory.getMemoryMXBean().gc();
    }

    /** How much was alive after the latest full collection, when there was one since the last call. */
    OptionalLong alive() {
        GcInfo latest = null;
        long count = 0;
        for (java.lang.management.GarbageCollectorMXBean one : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (one instanceof GarbageCollectorMXBean collector && full(collector) && collector.getLastGcInfo() != null) {
                GcInfo info = collector.getLastGcInfo();
                count += collector.getCollectionCount();
                latest = latest == null || info.getEndTime() > latest.getEndTime() ? info : latest;
            }
        }
        if (count == collections || latest == null) {
            return OptionalLong.empty();
        }
        collections = count;
        long alive = 0;
        for (Map.Entry<String, MemoryUsage> pool : latest.getMemoryUsageAfterGc().entrySet()) {
            alive += pools.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
        }
        return OptionalLong.of(alive);
    }

    /** A collector of the old generation looks after all pools of the heap, the one of the young generation does not empty the old. */
    private static boolean full(GarbageCollectorMXBean collector) {
        return collector.getName().matches("MarkSweepCompact|PS.MarkSweep|G1.Old.*|ZGC.*|Shenandoah.*");
    }
}

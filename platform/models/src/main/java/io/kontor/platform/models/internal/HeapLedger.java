package io.kontor.platform.models.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * Who holds what of the heap, as far as that can be told when all runs share it. Whenever it becomes known how much of the heap is alive, what
 * that has grown by since the last time is put down to the runs in proportion to what they have allocated in between; what it has shrunk
 * by is taken off all in proportion to what they were charged with. Between two such moments a run can hold no more than its charge and
 * what it has allocated since. Not safe for use by several threads.
 *
 * <p>It cannot see who really refers to an object, so that among runs at the same time one that allocates much and keeps little is charged
 * with some of what the others keep; and what serving keeps meanwhile (a model loaded on its first request) is charged to the runs as well,
 * up to what they have allocated.
 */
final class HeapLedger {

    private final Map<LimitedRun, Account> accounts = new HashMap<>();
    private long alive;

    private static final class Account {

        private long charged;
        private long settled;
    }

    /**
     * Opens an account.
     *
     * @param run a run that begins
     */
    void open(LimitedRun run) {
        accounts.put(run, new Account());
    }

    /**
     * Closes an account.
     *
     * @param run a run that has ended
     */
    void close(LimitedRun run) {
        accounts.remove(run);
    }

    /**
     * Settles.
     *
     * @param bytes how much of the heap is alive
     */
    void settle(long bytes) {
        long grown = bytes - alive;
        alive = bytes;
        long fresh = 0;
        long charged = 0;
        for (Map.Entry<LimitedRun, Account> one : accounts.entrySet()) {
            fresh += one.getKey().allocated() - one.getValue().settled;
            charged += one.getValue().charged;
        }
        for (Map.Entry<LimitedRun, Account> one : accounts.entrySet()) {
            Account account = one.getValue();
            long allocated = one.getKey().allocated();
            long own = allocated - account.settled;
            if (grown > 0 && fresh > 0) {
                account.charged += Math.min(own, Math.round((double) grown * own / fresh));
            } else if (grown < 0 && charged > 0) {
                account.charged = Math.max(0, account.charged + Math.round((double) grown * account.charged / charged));
            }
            account.settled = allocated;
        }
    }

    /**
     * What a run was charged with at the last settling.
     *
     * @param run with an account
     * @return bytes
     */
    long charged(LimitedRun run) {
        return accounts.get(run).charged;
    }

    /**
     * What a run can hold at most.
     *
     * @param run with an account
     * @param used how much of the heap is used, garbage included
     * @return bytes
     */
    long most(LimitedRun run, long used) {
        Account account = accounts.get(run);
        return account.charged + Math.min(run.allocated() - account.settled, Math.max(0, used - alive));
    }

    /**
     * The run that is charged with most.
     *
     * @return null when there is none
     */
    LimitedRun largest() {
        LimitedRun largest = null;
        for (LimitedRun run : accounts.keySet()) {
            if (largest == null || charged(run) > charged(largest)) {
                largest = run;
            }
        }
        return largest;
    }
}

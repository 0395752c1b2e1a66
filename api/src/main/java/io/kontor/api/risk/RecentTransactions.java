package io.kontor.api.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which of a store's transactions have a customer, card, device, e-mail or address in common. The platform makes its requests from one of
 * these, and so must training: go through the transactions in order of time, take {@link #request} of each and {@link #add} it, and both
 * see the same.
 *
 * <p>Memory is bounded: beyond the capacity the oldest transactions are forgotten, and of one key's transactions beyond 1,000 the oldest.
 * Transactions may come in any order; which are kept depends on their times alone. Safe for use by several threads.
 */
public final class RecentTransactions {

    /** How many transactions a store's memory keeps: about 50 MB with the fields that shops usually give. */
    public static final int CAPACITY = 50_000;
    /** How long before a transaction another one still belongs to what came before it. */
    public static final Duration WINDOW = Duration.ofDays(90);
    /** How many earlier transactions a request has at most. */
    public static final int MOST_PREVIOUS = 1_000;

    private static final SharedKey[] KEYS = SharedKey.values();
    private static final Comparator<Transaction> BY_TIME = Comparator.comparing(Transaction::time).thenComparing(Transaction::id);

    private final int capacity;
    private final Duration window;
    private final Map<SharedKey, Map<String, Chain>> chains = new EnumMap<>(SharedKey.class);
    private final PriorityQueue<Transaction> oldestFirst = new PriorityQueue<>(BY_TIME);
    private final Set<String> ids = new HashSet<>();

    /** One key's transactions in order of time. */
    private static final class Chain {

        private Transaction[] items = new Transaction[1];
        private int size;

        int before(Transaction transaction) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (BY_TIME.compare(items[middle], transaction) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        int earlier(Instant moment) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (items[middle].time().isBefore(moment)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void add(Transaction transaction) {
            int at = before(transaction);
            if (size == MOST_PREVIOUS) {
                if (at > 0) {
                    System.arraycopy(items, 1, items, 0, at - 1);
                    items[at - 1] = transaction;
                }
                return;
            }
            if (size == items.length) {
                items = Arrays.copyOf(items, Math.min(MOST_PREVIOUS, 2 * size));
            }
            System.arraycopy(items, at, items, at + 1, size - at);
            items[at] = transaction;
            size++;
        }

        void remove(Transaction transaction) {
            int at = before(transaction);
            if (at < size && items[at] == transaction) {
                System.arraycopy(items, at + 1, items, at, size - at - 1);
                items[--size] = null;
            }
        }
    }

    /** An empty memory of the size and window that the platform's own have. */
    public RecentTransactions() {
        this(CAPACITY, WINDOW);
    }

    /**
     * An empty memory.
     *
     * @param capacity how many transactions are kept at most, from 1
     * @param window how long before a transaction another one still belongs to what came before it; positive
     * @throws IllegalArgumentException when one of them is too small
     */
    public RecentTransactions(int capacity, Duration window) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window must be positive, not " + window);
        }
        this.capacity = capacity;
        this.window = window;
        for (SharedKey key : KEYS) {
            chains.put(key, new HashMap<>());
        }
    }

    /**
     * Adds a transaction. One whose id is there already leaves the memory as it is.
     *
     * @param transaction the transaction
     * @return whether its id was new
     */
    public synchronized boolean add(Transaction transaction) {
        Objects.requireNonNull(transaction, "transaction");
        if (!ids.add(transaction.id())) {
            return false;
        }
        oldestFirst.add(transaction);
        for (SharedKey key : KEYS) {
            String value = key.in(transaction);
            if (!value.isEmpty()) {
                chains.get(key).computeIfAbsent(value, v -> new Chain()).add(transaction);
            }
        }
        if (ids.size() > capacity) {
            forget(oldestFirst.remove());
        }
        return true;
    }

    private void forget(Transaction transaction) {
        ids.remove(transaction.id());
        for (SharedKey key : KEYS) {
            chains.get(key).computeIfPresent(key.in(transaction), (value, chain) -> {
                chain.remove(transaction);
                return chain.size == 0 ? null : chain;
            });
        }
    }

    /**
     * What came before a transaction: those that have a key in common with it, strictly before its time and within the window. It need not
     * have been added.
     *
     * @param transaction the transaction
     * @return the newest first, each once, at most {@link #MOST_PREVIOUS}; equally new ones in descending order of their ids
     */
    public synchronized List<Transaction> previous(Transaction transaction) {
        Chain[] linked = new Chain[KEYS.length];
        int[] next = new int[KEYS.length];
        for (int k = 0; k < KEYS.length; k++) {
            linked[k] = chains.get(KEYS[k]).get(KEYS[k].in(transaction));
            next[k] = linked[k] == null ? -1 : linked[k].earlier(transaction.time()) - 1;
        }
        Instant begin = transaction.time().minus(window);
        List<Transaction> previous = new ArrayList<>();
        while (previous.size() < MOST_PREVIOUS) {
            Transaction newest = null;
            for (int k = 0; k < KEYS.length; k++) {
                if (next[k] >= 0 && (newest == null || BY_TIME.compare(linked[k].items[next[k]], newest) > 0)) {
                    newest = linked[k].items[next[k]];
                }
            }
            if (newest == null || newest.time().isBefore(begin)) {
                break;
            }
            for (int k = 0; k < KEYS.length; k++) {
                if (next[k] >= 0 && linked[k].items[next[k]] == newest) {
                    next[k]--;
                }
            }
            if (!newest.id().equals(transaction.id())) {
                previous.add(newest);
            }
        }
        return previous;
    }

    /**
     * A transaction with what came before it, as it is given to a scorer.
     *
     * @param transaction the transaction
     * @return the request
     */
    public RiskRequest request(Transaction transaction) {
        return new RiskRequest(transaction, previous(transaction));
    }

    /**
     * How many transactions are kept.
     *
     * @return 0 to the capacity
     */
    public synchronized int size() {
        return ids.size();
    }
}

package io.kontor.platform.security.internal;

import io.kontor.api.KontorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * The wrong passwords of the last minute. An account that somebody guesses at stays open to those who come from elsewhere, and a guesser of
 * many names stays alone with the refusals, until a total is reached that only an attack from many addresses reaches. Never holds more than
 * that total. Safe for use by many threads.
 */
final class WrongPasswords {

    /** For one account from one address. */
    static final int MOST_OF_A_PAIR = 10;
    /** From one address, whatever the account; offices share one. */
    static final int MOST_FROM_AN_ADDRESS = 30;
    /** For one account, wherever from. */
    static final int MOST_FOR_A_NAME = 100;
    /** Of all together. */
    static final int MOST = 1_000;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Deque<Wrong> latest = new ArrayDeque<>();

    private record Wrong(String name, String address, Instant at) {
    }

    WrongPasswords(Clock clock) {
        this.clock = clock;
    }

    /** Notes one. Names that no account can have count as one. */
    synchronized void add(String name, String address) {
        latest.addLast(new Wrong(known(name), address, clock.instant()));
    }

    /**
     * Refuses to check one more.
     *
     * @throws KontorException of kind CAPACITY when too many were wrong
     */
    synchronized void refuseTooMany(String name, String address) {
        Instant begin = clock.instant().minus(WINDOW);
        while (!latest.isEmpty() && latest.peekFirst().at.isBefore(begin)) {
            latest.removeFirst();
        }
        String known = known(name);
        boolean refused = latest.size() >= MOST
                || count(one -> one.name.equals(known) && one.address.equals(address)) >= MOST_OF_A_PAIR
                || count(one -> one.address.equals(address)) >= MOST_FROM_AN_ADDRESS
                || count(one -> one.name.equals(known)) >= MOST_FOR_A_NAME;
        if (refused) {
            throw new KontorException(KontorException.Kind.CAPACITY, "Too many wrong passwords were tried; wait a minute.");
        }
    }

    private static String known(String name) {
        return Accounts.NAME.matcher(name).matches() ? name : "";
    }

    private long count(Predicate<Wrong> which) {
        return latest.stream().filter(which).count();
    }
}

package io.kontor.api.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTransactionsTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static Transaction payment(String id, long minute, String customer, String card, String device) {
        return new Transaction(id, START.plus(Duration.ofMinutes(minute)), 10, "", customer, "", "", "", "", "", device, "", card, Map.of());
    }

    private static List<String> ids(List<Transaction> transactions) {
        return transactions.stream().map(Transaction::id).toList();
    }

    @Test
    void findsWhatSharesAnyKeyOnceAndNewestFirst() {
        RecentTransactions recent = new RecentTransactions();
        recent.add(payment("a", 1, "anna", "card1", "phone"));
        recent.add(payment("b", 2, "bert", "card1", ""));
        recent.add(payment("c", 3, "carl", "card9", ""));
        recent.add(payment("d", 4, "", "", "phone"));
        assertEquals(List.of("d", "b", "a"), ids(recent.previous(payment("x", 9, "anna", "card1", "phone"))));
        assertEquals(List.of(), ids(recent.previous(payment("x", 9, "", "", ""))), "what was not given links nothing");
    }

    @Test
    void leavesOutTheSameMomentTheFutureAndWhatIsTooLongAgo() {
        RecentTransactions recent = new RecentTransactions(100, Duration.ofHours(1));
        recent.add(payment("old", 9, "anna", "", ""));
        recent.add(payment("edge", 10, "anna", "", ""));
        recent.add(payment("same", 70, "anna", "", ""));
        recent.add(payment("later", 71, "anna", "", ""));
        assertEquals(List.of("edge"), ids(recent.previous(payment("x", 70, "anna", "", ""))));
    }

    @Test
    void takesEveryIdOnceAndNeverItself() {
        RecentTransactions recent = new RecentTransactions();
        assertTrue(recent.add(payment("a", 1, "anna", "", "")));
        assertFalse(recent.add(payment("a", 5, "bert", "", "")));
        assertEquals(1, recent.size());
        assertEquals(List.of(), ids(recent.previous(payment("a", 7, "anna", "", ""))));
    }

    @Test
    void forgetsTheOldestBeyondItsCapacity() {
        RecentTransactions recent = new RecentTransactions(3, Duration.ofDays(1));
        recent.add(payment("new", 50, "anna", "", ""));
        for (int i = 0; i < 5; i++) {
            recent.add(payment("p" + i, i, "anna", "card" + i, ""));
        }
        assertEquals(3, recent.size());
        assertEquals(List.of("new", "p4", "p3"), ids(recent.previous(payment("x", 60, "anna", "", ""))));
        assertEquals(List.of(), ids(recent.previous(payment("x", 60, "", "card0", ""))));
    }

    @Test
    void givesAtMostAThousandOfOneKey() {
        RecentTransactions recent = new RecentTransactions();
        for (int i = 0; i < 3_000; i++) {
            recent.add(payment("p" + i, i, "anna", "", ""));
        }
        List<String> found = ids(recent.previous(payment("x", 9_000, "anna", "", "")));
        assertEquals(RecentTransactions.MOST_PREVIOUS, found.size());
        assertEquals("p2999", found.get(0));
        assertEquals("p2000", found.get(999));
    }

    @Test
    void doesNotCareInWhichOrderTransactionsCome() {
        Random random = new Random(7);
        List<Transaction> all = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            all.add(payment("p" + i, random.nextInt(2_000), "c" + random.nextInt(3), "k" + random.nextInt(200), "d" + random.nextInt(50)));
        }
        RecentTransactions one = new RecentTransactions(3_000, Duration.ofDays(1));
        all.forEach(one::add);
        Collections.shuffle(all, random);
        RecentTransactions other = new RecentTransactions(3_000, Duration.ofDays(1));
        all.forEach(other::add);
        for (int i = 0; i < 200; i++) {
            Transaction asked = payment("x", 1_800 + i, "c" + i % 3, "k" + i, "d" + i % 50);
            assertEquals(ids(one.previous(asked)), ids(other.previous(asked)));
        }
    }
}

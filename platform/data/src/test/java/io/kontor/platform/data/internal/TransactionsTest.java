package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.LabelledTransaction.Label;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.data.RecordRefusedException;
import io.kontor.platform.data.Transactions.Labelling;
import io.kontor.platform.data.Transactions.Taken;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Transactions that come one by one, and those that are remembered. */
class TransactionsTest {

    private static final String SHOP = "shop";

    /** Does something with transactions of a shop. */
    @FunctionalInterface
    private interface Work {

        void run(Bench bench, GroupedTransactions transactions) throws Exception;
    }

    private static void with(FreshDatabase fresh, Work work) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            DirectRecords writer = new DirectRecords(bench.database, bench.stores, bench.memory, Bench.NOW);
            GroupedTransactions transactions = new GroupedTransactions(bench.database, bench.stores, bench.memory, writer, bench.intake,
                    Bench.NOW);
            try {
                work.run(bench, transactions);
            } finally {
                transactions.close();
            }
        }
    }

    private static Map<String, Object> payment(String id, String time, String card) {
        return new HashMap<>(Map.of("id", id, "time", time, "amount", 12.5, "cardHash", card, "attr.bin", "007", "attr.items", 3,
                "attr.note", "gift"));
    }

    private static List<LabelledTransaction> recorded(Bench bench) {
        List<LabelledTransaction> all = new ArrayList<>();
        bench.intake.settle();
        try (Snapshot snapshot = TableSnapshot.open(bench.database, SHOP)) {
            LabelledTransaction.read(snapshot, all::add);
        }
        return all;
    }

    private static List<String> previous(GroupedTransactions transactions, String card) {
        Transaction asked = new Transaction("asked", Instant.parse("2026-03-01T11:59:00Z"), 1, "", "", "", "", "", "", "", "", "",
                card, Map.of());
        return transactions.recent(SHOP).previous(asked).stream().map(Transaction::id).toList();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void storesWhatItTakesOnceAndAsTrainingReadsIt(FreshDatabase fresh) throws Exception {
        with(fresh, (bench, transactions) -> {
            Taken first = transactions.take(SHOP, payment("t1", "2026-03-01T10:00:00Z", "card"));
            transactions.awaitStored(first);
            Taken again = transactions.take(SHOP, payment("t1", "2026-03-01T10:30:00Z", "other"));
            transactions.awaitStored(again);
            assertEquals(List.of(first.transaction()), recorded(bench).stream().map(LabelledTransaction::transaction).toList());
            assertEquals(1, bench.extent(Entity.TRANSACTIONS).rows());
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void remembersWhatIsRecordedTakenAndImported(FreshDatabase fresh) throws Exception {
        with(fresh, (bench, transactions) -> {
            bench.load(Entity.TRANSACTIONS, "id,time,amount,cardHash", "before,2026-02-28T10:00:00Z,5,card");
            transactions.take(SHOP, payment("taken", "2026-03-01T10:00:00Z", "card"));
            assertEquals(List.of("taken", "before"), previous(transactions, "card"));
            bench.load(Entity.TRANSACTIONS, "id,time,amount,cardHash", "imported,2026-03-01T09:00:00Z,5,card");
            assertEquals(List.of("taken", "imported", "before"), previous(transactions, "card"));
            bench.memory.erased(SHOP, "anybody");
            assertEquals(3, transactions.recent(SHOP).size(), "read anew");
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void labelsWhatItKnowsAndKeepsTheRest(FreshDatabase fresh) throws Exception {
        with(fresh, (bench, transactions) -> {
            Taken taken = transactions.take(SHOP, payment("t1", "2026-03-01T10:00:00Z", "card"));
            transactions.awaitStored(taken);
            Instant known = Instant.parse("2026-03-01T11:00:00Z");
            assertArrayEquals(new boolean[] {true, false}, transactions.label(SHOP, List.of(new Labelling("t1", Label.FRAUD, known),
                    new Labelling("nobody", Label.FRAUD, known))));
            LabelledTransaction expected = new LabelledTransaction(taken.transaction(), Label.FRAUD, known);
            assertEquals(List.of(expected), recorded(bench));
            assertEquals(Map.of("t1", expected), transactions.find(SHOP, List.of("t1", "nobody")));
            transactions.label(SHOP, List.of(new Labelling("t1", Label.LEGITIMATE, known)));
            transactions.awaitStored(transactions.take(SHOP, payment("t1", "2026-03-01T10:00:00Z", "card")));
            assertEquals(Label.LEGITIMATE, recorded(bench).get(0).label(), "asking again takes no label away");
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void namesTheFieldAtFaultAndStoresNothing(FreshDatabase fresh) throws Exception {
        with(fresh, (bench, transactions) -> {
            Map<String, Object> bad = payment("t1", "2026-03-01T10:00:00Z", "card");
            for (Map.Entry<String, Object> fault : Map.<String, Object>of("time", "yesterday", "amount", "much", "colour", "red",
                    "device", List.of(), "label", "maybe").entrySet()) {
                Map<String, Object> record = new HashMap<>(bad);
                record.put(fault.getKey(), fault.getValue());
                RecordRefusedException refusal = assertThrows(RecordRefusedException.class, () -> transactions.take(SHOP, record));
                assertEquals(fault.getKey(), refusal.field());
            }
            bad.put("time", "2026-03-05T00:00:00Z");
            assertEquals("time is more than a day in the future",
                    assertThrows(RecordRefusedException.class, () -> transactions.take(SHOP, bad)).getMessage());
            assertEquals(0, transactions.recent(SHOP).size());
            assertEquals(List.of(), recorded(bench));
        });
    }
}

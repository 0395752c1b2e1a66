package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog.Entry;
import io.kontor.platform.decisions.DecisionLog.Feedback;
import io.kontor.platform.decisions.DecisionSamples;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class DecisionLogTest {

    /** Of a day that the log still remembers. */
    private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofHours(12));

    private static final String[] MIGRATIONS = {"V1__decisions", "V2__risk", "V3__proposal_history", "V4__narrower_indexes", "V5__shadow",
        "V6__pseudonyms", "V7__placements", "V8__measures", "V9__experiments", "V13__before", "V14__parts", "V15__family_parts"};

    static Databases.Opened open(FreshDatabase fresh) {
        return open(fresh, MIGRATIONS);
    }

    static Databases.Opened open(FreshDatabase fresh, String... migrations) {
        return Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(), Map.of("decisions", Arrays.stream(migrations)
                .map(name -> DecisionTable.class.getResource("/db/migration/" + name + ".sql")).toList()));
    }

    private static Entry entry(String id, int minute, String store, String subject) {
        Ranking ranking = new Ranking(List.of(new RankedItem("p1", 2.5, List.of(new Reason("popular", "Liked.", Double.NaN)))));
        return new Entry(id, store, NOON.plusSeconds(60L * minute), "recommend", subject, subject,
                new Answer.ServedBy("knn", "1.0.0", Optional.of("m1")), Optional.empty(), Map.of("n", 1), ranking);
    }

    private static Entry ofProduct(String id, String product) {
        return new Entry(id, "berlin", NOON.plusSeconds(600), "recommend", product, "", new Answer.ServedBy("knn", "1.0.0", Optional.empty()),
                Optional.empty(), Map.of("product", product), new Ranking(List.of()));
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(Entry::requestId).toList();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void listsTheLatestFirstByStoreSubjectAndTimeInPages(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            for (int i = 0; i < 6; i++) {
                log.note(entry("r" + i, i / 2, i == 3 ? "paris" : "berlin", i % 2 == 0 ? "anna" : "bo"));
            }
            List<Entry> first = log.list("berlin", null, null, null, null, null, 3);
            assertEquals(List.of("r5", "r4", "r2"), ids(first));
            assertEquals(List.of("r1", "r0"), ids(log.list("berlin", null, null, null, null, "r2", 3)));
            assertEquals(List.of("r4", "r2"), ids(log.list("berlin", "recommend", "anna", NOON.plusSeconds(60),
                    NOON.plusSeconds(180), null, 9)));
            assertEquals(List.of(), log.list("berlin", "risk", null, null, null, null, 9));
            log.note(ofProduct("r6", "p1"));
            log.note(ofProduct("r7", "p2"));
            log.note(ofProduct("r8", "p1"));
            assertEquals(Map.of("p1", "r8", "p2", "r7"), log.latest("berlin", "recommend", List.of("p1", "p2", "nothing")));
            assertEquals(Map.of(), log.latest("berlin", "risk", List.of("p1")));
            assertEquals(List.of(), log.list("rome", null, null, null, null, null, 9));
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesQuestionAndAnswerBackAsJsonValues(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            log.note(entry("r1", 0, "berlin", "anna"));
            Entry found = log.find("berlin", "r1").orElseThrow();
            assertEquals(Map.of("n", 1), found.question());
            Map<?, ?> item = (Map<?, ?>) ((List<?>) ((Map<?, ?>) found.answer()).get("items")).get(0);
            assertEquals(2.5, item.get("score"));
            assertEquals(NOON, found.time());
            assertTrue(log.find("paris", "r1").isEmpty(), "another store's");
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsFeedbackOnKnownAnswersOnce(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            log.note(entry("r1", 0, "berlin", "anna"));
            Feedback click = new Feedback("r1", "p1", "click", NOON.plusSeconds(5));
            assertArrayEquals(new boolean[] {true, false, true},
                    log.feedback("berlin", List.of(click, new Feedback("r9", "p1", "click", NOON), click)));
            assertArrayEquals(new boolean[] {false}, log.feedback("paris", List.of(click)));
            assertEquals(List.of(click), log.feedbackOn("berlin", "r1"));
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void drawsOfAllHoursWithTheNumberOfEachAnswerAndWhetherSomethingCameOfIt(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            Answer.ServedBy by = new Answer.ServedBy("knn", "1.0.0", Optional.of("m1"));
            for (int i = 0; i < 300; i++) {
                log.note(entry("r" + i, 0, "berlin", "anna"));
            }
            log.note(new Entry("a", "berlin", NOON.plusSeconds(3_600), "risk", "t1", "", by, Optional.empty(), Map.of(), Map.of("score", 0.25)));
            log.note(new Entry("b", "berlin", NOON.plusSeconds(3_601), "inventory", "p1", "", by, Optional.empty(), Map.of("step", "WEEK"),
                    Map.of("mean", List.of(7, 21))));
            log.note(new Entry("c", "berlin", NOON.plusSeconds(3_602), "risk", "t2", "", by, Optional.of("late"), Map.of(), Map.of()));
            log.note(new Entry("d", "berlin", NOON.plusSeconds(3_603), "pricing", "p1", "", by, Optional.empty(), Map.of(), Map.of()));
            log.feedback("berlin", List.of(new Feedback("b", "p1", "click", NOON)));
            List<DecisionSamples.Sample> drawn = new SampledDecisions(database).of("berlin", "knn", NOON.minusSeconds(3_600),
                    NOON.plusSeconds(7 * 86_400));
            assertEquals(59, drawn.stream().filter(one -> one.value() == 2.5).count(), "of one hour no more than its part");
            assertEquals(List.of(0.25, 2.0, Double.NaN), drawn.stream().skip(59).map(DecisionSamples.Sample::value).toList());
            assertEquals(List.of(false, true, false), drawn.stream().skip(59).map(DecisionSamples.Sample::answered).toList());
            assertEquals(List.of(), new SampledDecisions(database).of("paris", "knn", NOON.minusSeconds(60), NOON.plusSeconds(60)));
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void forgetsPersonsAndStores(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            log.note(entry("r1", 0, "berlin", "anna"));
            log.note(entry("r2", 1, "berlin", "bo"));
            log.note(entry("r3", 1, "paris", "anna"));
            log.feedback("berlin", List.of(new Feedback("r1", "p1", "click", NOON)));
            Entry about = entry("r4", 2, "berlin", "t1");
            log.note(new Entry("r5", "berlin", NOON, "risk", "t1", "anna", about.servedBy(), Optional.empty(), Map.of(), Map.of()));
            assertEquals("anna", log.find("berlin", "r5").orElseThrow().customer());
            assertEquals("anna", log.find("berlin", "r1").orElseThrow().customer());
            int erased = database.jdbc(connection -> log.erase(connection, "berlin", "anna"));
            assertEquals(2, erased);
            assertEquals(List.of("r2"), ids(log.list("berlin", null, null, null, null, null, 9)));
            assertEquals(List.of(), log.feedbackOn("berlin", "r1"));
            assertEquals(1, log.list("paris", null, null, null, null, null, 9).size());
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesAPersonsDecisionsOutWithWhatBecameOfThem(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            log.note(entry("r1", 1, "berlin", "anna"));
            log.note(entry("r2", 1, "berlin", "bo"));
            log.note(entry("r3", 1, "paris", "anna"));
            Answer.ServedBy rules = new Answer.ServedBy("rules", "1.0.0", Optional.empty());
            log.note(new Entry("r4", "berlin", NOON, "risk", "t1", "anna", rules, Optional.of("knn was late; rules answered instead."),
                    Map.of("transaction", Map.of("amount", 5)), Map.of("score", 0.5)));
            log.note(new Entry("r5", "berlin", NOON, "risk", "anna", "", rules, Optional.empty(), Map.of(), Map.of()));
            log.feedback("berlin", List.of(new Feedback("r1", "p1", "click", NOON), new Feedback("r4", "", "fraud", NOON),
                    new Feedback("r2", "p1", "click", NOON)));
            List<Map<String, Object>> theirs = database.jdbc(connection -> log.export(connection, "berlin", "anna"));
            assertEquals(List.of("r4", "r1"), theirs.stream().map(one -> one.get("requestId")).toList(), "the oldest first");
            assertEquals(Map.of("requestId", "r4", "time", NOON.toString(), "family", "risk", "subject", "t1", "plugin", "rules",
                    "version", "1.0.0", "fallback", "knn was late; rules answered instead.", "question",
                    Map.of("transaction", Map.of("amount", 5)), "answer", Map.of("score", 0.5))
                    .entrySet(), withoutFeedback(theirs.get(0)).entrySet());
            assertEquals(List.of(Map.of("type", "fraud", "time", NOON.toString())), theirs.get(0).get("feedback"));
            assertEquals(List.of(Map.of("type", "click", "time", NOON.toString(), "product", "p1")), theirs.get(1).get("feedback"));
            assertEquals("m1", theirs.get(1).get("model"));
            assertEquals(List.of(), database.jdbc(connection -> log.export(connection, "berlin", "nobody")));
            log.stop();
        }
    }

    /** Each start begins a new part, and what was logged before there were any is one. */
    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void findsSubjectsAndPersonsInAllPartsAndRemovesEmptyOnes(FreshDatabase fresh) {
        try (Databases.Opened before = open(fresh, Arrays.copyOf(MIGRATIONS, MIGRATIONS.length - 2))) {
            before.jdbc(connection -> {
                try (var insert = connection.prepareStatement("insert into decision (request_id, store, decided_at, family, subject, customer, "
                        + "personal, plugin, plugin_version, question, answer) values ('r0', 'berlin', ?, 'recommend', '~anna', null, true, "
                        + "'knn', '1.0.0', ?, ?)")) {
                    insert.setTimestamp(1, Timestamp.from(NOON));
                    insert.setBytes(2, "{}".getBytes(StandardCharsets.UTF_8));
                    insert.setBytes(3, "{}".getBytes(StandardCharsets.UTF_8));
                    return insert.executeUpdate();
                }
            });
        }
        try (Databases.Opened database = open(fresh)) {
            for (int i = 1; i < 3; i++) {
                BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
                log.note(entry("r" + i, i, "berlin", "anna"));
                log.note(entry("s" + i, i, "berlin", "bo"));
                log.stop();
            }
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            assertEquals(3, count(database, "decision_part"));
            assertEquals(List.of("r2", "r1", "r0"), ids(log.list("berlin", null, "anna", null, null, null, 9)));
            assertEquals(List.of("r1", "r0"), ids(log.list("berlin", null, "anna", null, null, "r2", 9)));
            assertEquals(Set.of("r1", "r2"), Set.copyOf(database.jdbc(connection -> ServedTable.of(connection, "berlin", "~anna",
                    NOON.plusSeconds(60), NOON.plusSeconds(600))).stream().map(Served::requestId).toList()));
            assertEquals(List.of("r0"), database.jdbc(connection -> ServedTable.of(connection, "berlin", "~anna", NOON.minusSeconds(60),
                    NOON.plusSeconds(60))).stream().map(Served::requestId).toList());
            assertEquals(2, database.jdbc(connection -> log.export(connection, "berlin", "bo")).size());
            int erased = database.jdbc(connection -> log.erase(connection, "berlin", "bo"));
            assertEquals(2, erased);
            assertEquals(2, log.removeSome("berlin", NOON.plusSeconds(90)));
            assertEquals(List.of("r2"), ids(log.list("berlin", null, null, null, null, null, 9)));
            assertEquals(1, count(database, "decision_part"));
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesTheLatestOfPartsThatOverlap(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog first = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            first.note(ofPayment("r1", 5, "t1"));
            first.note(ofPayment("r2", 1, "t2"));
            first.note(entry("r3", 9, "berlin", "t2"));
            first.stop();
            BatchedDecisionLog second = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            second.note(ofPayment("r4", 3, "t1"));
            second.note(ofPayment("r5", 4, "t2"));
            second.note(ofPayment("r6", 2, "t3"));
            Map<String, String> latest = Map.of("t1", "r1", "t2", "r5", "t3", "r6");
            assertEquals(latest, second.latest("berlin", "risk", List.of("t1", "t2", "t3", "t4")));
            assertEquals(latest, second.latest("berlin", "risk", IntStream.range(0, 2_000).mapToObj(i -> "t" + i).toList()));
            assertEquals(List.of("r5", "r2"), ids(second.list("berlin", "risk", "t2", null, null, null, 9)));
            assertEquals(3, count(database, "decision_part"), "one of recommendations, two of payments");
            second.stop();
        }
    }

    private static Entry ofPayment(String id, int minute, String payment) {
        return new Entry(id, "berlin", NOON.plusSeconds(60L * minute), "risk", payment, "", new Answer.ServedBy("rules", "1.0.0",
                Optional.empty()), Optional.empty(), Map.of(), Map.of());
    }

    private static int count(Databases.Opened database, String table) {
        return database.jdbc(connection -> {
            try (var row = connection.createStatement().executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private static Map<String, Object> withoutFeedback(Map<String, Object> decision) {
        Map<String, Object> rest = new HashMap<>(decision);
        rest.remove("feedback");
        return rest;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theTableKnowsCustomersByTheirPseudonymsOnly(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            String quoted = "o'\"neil";
            for (String customer : List.of("4711", quoted)) {
                log.note(new Entry("r" + customer.length(), "berlin", NOON, "risk", "t1", customer, new Answer.ServedBy("rules", "1.0.0",
                        Optional.empty()), Optional.empty(),
                        Map.of("transaction", Map.of("customerId", customer, "id", "t4711", "amount", 4711)),
                        Map.of("text", "The customer is " + customer + ".", "time", "2026-01-04711")));
            }
            log.note(entry("r0", 0, "berlin", "4711"));
            Entry found = log.find("berlin", "r4").orElseThrow();
            assertEquals("4711", found.customer());
            assertEquals(Map.of("transaction", Map.of("customerId", "4711", "id", "t4711", "amount", 4711)), found.question());
            assertEquals(Map.of("text", "The customer is 4711.", "time", "2026-01-04711"), found.answer());
            assertEquals("The customer is " + quoted + ".", ((Map<?, ?>) log.find("berlin", "r7").orElseThrow().answer()).get("text"));
            assertEquals("4711", log.find("berlin", "r0").orElseThrow().subject());
            String table = database.jdbc(connection -> {
                StringBuilder all = new StringBuilder();
                try (var row = connection.createStatement().executeQuery("select subject, customer, question, answer from decision")) {
                    while (row.next()) {
                        all.append(row.getString(1)).append(' ').append(row.getString(2)).append(' ').append(new String(row.getBytes(3)))
                                .append(' ').append(new String(row.getBytes(4))).append('\n');
                    }
                }
                return all.toString();
            });
            assertTrue(table.contains("customerId") && table.contains("~1174") && table.contains("t4711"), table);
            assertEquals(List.of(), Arrays.stream(table.split("[^\\p{Alnum}]+")).filter("4711"::equals).toList());
            assertTrue(!table.contains("neil"), table);
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void readsWhatWasLoggedAsJson(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()));
            log.note(entry("r1", 0, "berlin", "anna"));
            log.awaitWritten();
            database.jdbc(connection -> {
                try (var update = connection.prepareStatement("update decision set question = ?, answer = ?")) {
                    update.setBytes(1, "{\"customer\":\"~anna\",\"n\":1}".getBytes(StandardCharsets.UTF_8));
                    update.setBytes(2, "{\"items\":[{\"product\":\"p7\",\"score\":0.25}]}".getBytes(StandardCharsets.UTF_8));
                    return update.executeUpdate();
                }
            });
            Entry found = log.find("berlin", "r1").orElseThrow();
            assertEquals(Map.of("customer", "anna", "n", 1), found.question());
            assertEquals(Map.of("items", List.of(Map.of("product", "p7", "score", 0.25))), found.answer());
            assertEquals(Set.of("p7"), database.jdbc(connection -> ServedTable.find(connection, "berlin", List.of("r1"))).get("r1").products());
            log.stop();
        }
    }

    /** Many entries are written in several transactions, each with what is counted of them. */
    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void writesAndCountsEachEntryOnce(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            List<String> counted = new ArrayList<>();
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()), new LogObserver() {

                @Override
                public void written(Connection connection, List<Entry> entries) {
                    entries.forEach(entry -> counted.add(entry.requestId()));
                }

                @Override
                public void became(Connection connection, String store, List<Feedback> feedback) {
                    counted.add("feedback");
                }
            });
            for (int i = 0; i < 3_000; i++) {
                log.note(entry(String.format("r%04d", i), 0, "berlin", "anna"));
            }
            log.awaitWritten();
            assertEquals(IntStream.range(0, 3_000).mapToObj(i -> String.format("r%04d", i)).toList(), counted);
            assertEquals(0, log.leftOut());
            int erased = database.jdbc(connection -> log.erase(connection, "berlin", "anna"));
            assertEquals(3_000, erased);
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void removesWhatIsTooOldByTheStoresOwnAgeOrTheUsualOne(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedDecisionLog log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of("berlin")));
            log.note(entry("r1", 0, "berlin", "anna"));
            log.note(entry("r2", 5, "berlin", "anna"));
            log.note(entry("r3", 0, "paris", "anna"));
            assertEquals(0, log.removeSome("berlin", NOON));
            assertEquals(1, log.removeSome("berlin", NOON.plusSeconds(60)));
            assertEquals(List.of("r2"), ids(log.list("berlin", null, null, null, null, null, 9)));
            DecisionTable table = new DecisionTable(database, new LoggedNames(new Fake.Reversed()));
            assertTrue(!table.removeSome(NOON.plusSeconds(3_600), List.of("berlin")), "there is no more");
            assertEquals(List.of("r2"), ids(log.list("berlin", null, null, null, null, null, 9)));
            assertEquals(List.of(), ids(log.list("paris", null, null, null, null, null, 9)));
            log.stop();
        }
    }
}

package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The risk family as a shop uses it: payments in, rules written and tried, transactions assessed, reviewed and labelled. */
class RiskIT {

    private static final String RISK = "/stores/berlin/risk";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String CARD_RULE = """
            {"name": "Card used often", "action": "review", "weight": 0.6, "conditions":
             [{"aggregate": "count", "by": "cardHash", "window": "1h", "operator": "ge", "value": %s}]}""";

    @TempDir
    Path folder;

    private static String payment(String id, int minute, double amount, String card) {
        return "{\"transaction\": {\"id\": \"%s\", \"time\": \"%s\", \"amount\": %s, \"cardHash\": \"%s\", \"customerId\": \"anna\"}}"
                .formatted(id, NOON.plusSeconds(60L * minute), amount, card);
    }

    private static JsonNode assess(KontorServer server, String payment) {
        return server.json("POST", RISK + "/assessments", payment).expect(200).json();
    }

    private static List<String> values(JsonNode list, String field) {
        List<String> values = new ArrayList<>();
        list.forEach(item -> values.add(item.get(field).asText()));
        return values;
    }

    @Test
    void transactionsAreAssessedReviewedAndLabelled() throws Exception {
        Path data = folder.resolve("data");
        try (KontorServer server = KontorServer.start(data, Map.of())) {
            Shop.create(server, "berlin");
            assertEquals(2, server.importCsv("berlin", "transactions", "id,time,amount,cardHash,label,labelTime\n"
                    + "old1,2026-03-01T11:40:00Z,10,k1,fraud,2026-03-01T11:59:00Z\nold2,2026-03-01T11:50:00Z,10,k2,legitimate,\n")
                    .get("stored").asInt());
            assertEquals(409, server.json("POST", RISK + "/assessments", payment("t0", 0, 5, "k9")).status(), "nobody can assess yet");
            server.json("PUT", "/stores/berlin/plugins/io.kontor.risk.rules", "{}").expect(200);
            rules(server);
            assessments(server);
            cases(server);
            server.kill();
        }
        try (KontorServer server = KontorServer.start(data, Map.of())) {
            JsonNode again = assess(server, payment("t9", 20, 5, "k1"));
            assertTrue(again.get("reasons").get(0).get("text").asText().contains("4 payments with this card"), again.toString());
        }
    }

    private static void rules(KontorServer server) {
        JsonNode refusal = server.json("PUT", RISK + "/rules/card", CARD_RULE.formatted("\"many\"")).expect(422).json();
        assertEquals("conditions[0].value", refusal.get("errors").get(0).get("field").asText());
        assertEquals(404, server.get(RISK + "/rules/card").status(), "nothing of it is kept");
        JsonNode kept = server.json("PUT", RISK + "/rules/card", CARD_RULE.formatted("2")).expect(200).json();
        assertEquals(kept, server.get(RISK + "/rules").expect(200).json().get("items").get(0));
        server.json("PUT", RISK + "/rules/card", kept.toString()).expect(200);
        JsonNode trial = server.json("POST", RISK + "/rules/test", """
                {"name": "Card k1", "action": "decline", "conditions": [{"field": "cardHash", "operator": "in", "values": ["K1"]}]}""")
                .expect(200).json();
        assertEquals(List.of(1.0, 1.0), List.of(trial.get("precision").asDouble(), trial.get("recall").asDouble()), trial.toString());
        assertEquals("old1", trial.get("examples").get(0).get("transaction").asText());
        assertEquals(1, server.get(RISK + "/rules").expect(200).json().get("items").size(), "a trial keeps nothing");
    }

    private static void assessments(KontorServer server) {
        JsonNode first = assess(server, payment("t1", 1, 5, "k1"));
        assertEquals("review", first.get("verdict").asText(), first.toString());
        assertEquals(0.6, first.get("score").asDouble());
        assertEquals("Card used often: 2 payments with this card within 1 hour (rule: 2 or more).",
                first.get("reasons").get(0).get("text").asText());
        assertTrue(first.get("fallback").isNull(), first.toString());
        JsonNode wrong = server.json("POST", RISK + "/assessments", payment("t2", 2, 5, "k1").replace("amount", "price")).expect(422).json();
        assertEquals("transaction.price", wrong.get("errors").get(0).get("field").asText());

        server.json("PUT", "/stores/berlin/plugins/io.kontor.risk.random-forest", "{}").expect(200);
        JsonNode second = assess(server, payment("t1", 1, 5, "k1"));
        assertEquals("io.kontor.risk.rules", second.get("servedBy").get("plugin").asText());
        assertFalse(second.get("fallback").isNull(), "the forest has no model: " + second);
        assertEquals(first.get("reasons"), second.get("reasons"), "asked twice, it is there once");

        byte[] lines = String.join("\n", payment("t3", 3, 5, "k3"), payment("t4", 4, 5, "k1"), payment("t5", 5, 5, "k3").replace("2026", "x"))
                .getBytes(StandardCharsets.UTF_8);
        String[] answers = server.send("POST", RISK + "/assessments/batch", lines, "application/x-ndjson").expect(200).body().split("\n");
        assertEquals(3, answers.length);
        assertTrue(answers[0].contains("\"approve\"") && answers[1].contains("\"review\"") && answers[1].contains("3 payments"), answers[1]);
        assertTrue(answers[2].contains("\"error\":\"time must be"), answers[2]);
        JsonNode extents = server.get("/stores/berlin/data").expect(200).json().get("items");
        for (JsonNode extent : extents) {
            assertEquals(extent.get("entity").asText().equals("transactions") ? 6 : 0, extent.get("rows").asInt(), extent.toString());
        }
    }

    private static void cases(KontorServer server) {
        JsonNode open = server.get(RISK + "/cases?state=open").expect(200).json().get("items");
        assertEquals(List.of("t4", "t1"), values(open, "transaction"));
        assertEquals(5, open.get(1).get("amount").asDouble());
        JsonNode receipt = server.json("POST", RISK + "/labels", """
                [{"transaction": "t1", "label": "fraud", "time": "2026-03-09T08:00:00Z", "source": "chargeback"},
                 {"transaction": "nobody", "label": "fraud"}]""").expect(202).json();
        assertEquals(List.of("1"), values(receipt.get("rejected"), "index"), receipt.toString());
        JsonNode closed = server.get(RISK + "/cases?state=closed").expect(200).json().get("items").get(0);
        assertEquals(List.of("t1", "fraud", "chargeback"), List.of(closed.get("transaction").asText(), closed.get("label").asText(),
                closed.get("source").asText()));
        assertEquals(List.of("t4"), values(server.get(RISK + "/cases?state=open").expect(200).json().get("items"), "transaction"));
        JsonNode latest = server.get("/stores/berlin/decisions?family=risk&subject=t1").expect(200).json().get("items").get(0);
        JsonNode followed = server.get("/stores/berlin/decisions/" + latest.get("requestId").asText()).expect(200).json();
        assertEquals(List.of("fraud"), values(followed.get("feedback"), "type"));
        JsonNode answer = followed.get("decision").get("answer");
        JsonNode explanation = answer.get("explanation");
        assertEquals("additive", explanation.get("kind").asText(), answer.toString());
        assertEquals(answer.get("score").asDouble(), explanation.get("output").asDouble());
        double sum = explanation.get("base").asDouble();
        for (JsonNode each : explanation.get("contributions")) {
            sum += each.get("amount").asDouble();
        }
        assertEquals(explanation.get("output").asDouble(), sum, 1e-9);
        assertEquals("Card used often", explanation.get("contributions").get(0).get("name").asText());
    }
}

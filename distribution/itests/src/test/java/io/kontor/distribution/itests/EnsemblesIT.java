package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles as an operator uses them: enabled beside their members, trained, asked, also when a member goes or hangs. */
class EnsemblesIT {

    private static final String STORE = "/stores/berlin/plugins/";
    private static final String RANKING = "io.kontor.recommend.ensemble";
    private static final String FORECASTS = "io.kontor.inventory.ensemble";
    private static final String RISK = "io.kontor.risk.ensemble";
    private static final String TRANSACTION = "{\"transaction\":{\"id\":\"x\",\"time\":\"2025-06-01T10:00:00Z\",\"amount\":900,"
            + "\"cardHash\":\"k1\",\"method\":\"card\",\"country\":\"DE\"},\"plugin\":\"" + RISK + "\"}";

    @TempDir
    Path folder;

    private static JsonNode train(KontorServer server, String plugin, String settings) {
        server.json("PUT", STORE + plugin, "{\"settings\":" + settings + "}").expect(200);
        String job = server.json("POST", STORE + plugin + "/train", "{}").expect(202).json().get("job").asText();
        JsonNode result = server.job(job, Duration.ofMinutes(3)).get("result");
        return server.get("/stores/berlin/models/" + result.get("model").asText() + "/card").expect(200).json().get("model");
    }

    private static List<String> members(JsonNode model) {
        return model.get("members").findValuesAsText("plugin").stream().distinct().sorted().toList();
    }

    @Test
    void ensemblesAnswerWithTheirMembersAndWithoutThoseThatGoOrHang() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.PATIENT)) {
            Market.open(server, "berlin", 12);
            for (String plugin : List.of("io.kontor.recommend.item-knn", "io.kontor.inventory.exponential-smoothing",
                    "io.kontor.inventory.reorder-point", "io.kontor.risk.rules")) {
                server.json("PUT", STORE + plugin, "{\"settings\":{}}").expect(200);
            }
            server.json("PUT", STORE + "io.kontor.risk.random-forest", "{\"settings\":{\"trees\":20}}").expect(200);
            ranking(server);
            assertEquals(List.of("io.kontor.inventory.exponential-smoothing", "io.kontor.inventory.seasonal-naive"),
                    members(train(server, FORECASTS, "{\"method\":\"average\",\"folds\":1}")));
            JsonNode forecast = server.get("/stores/berlin/forecasts/p1?plugin=" + FORECASTS).expect(200).json();
            assertTrue(forecast.get("fallback").isNull() && forecast.get("method").asText().matches("0.50 .+ \\+ 0.50 .+"), forecast.toString());
            JsonNode risk = train(server, RISK, "{\"method\":\"average\",\"folds\":1}");
            assertEquals(List.of("io.kontor.risk.random-forest", "io.kontor.risk.rules"), members(risk));
            JsonNode verdict = server.json("POST", "/stores/berlin/risk/assessments", TRANSACTION).expect(200).json();
            assertTrue(verdict.get("fallback").isNull(), verdict.toString());
            assertEquals("members", verdict.get("reasons").get(0).get("code").asText(), verdict.toString());
        }
    }

    private void ranking(KontorServer server) {
        String hanging = "if (request.n() > 50 && java.nio.file.Files.exists(java.nio.file.Path.of(\"" + folder.resolve("hang") + "\"))) {"
                + " try { Thread.sleep(60_000); } catch (InterruptedException e) { throw new IllegalStateException(e); } }"
                + " return answer(\"shelf\");";
        server.send("POST", "/bundles", TestPlugins.recommender("1.0.0", hanging), "application/java-archive").expect(201);
        server.json("PUT", STORE + TestPlugins.PID, "{\"settings\":{}}").expect(200);
        JsonNode model = train(server, RANKING, "{\"method\":\"average\"}");
        assertEquals(List.of(TestPlugins.PID, "io.kontor.recommend.item-knn", "io.kontor.recommend.most-popular"), members(model));
        JsonNode whole = recommended(server);
        assertTrue(whole.toString().contains("It stands on the shelf."), whole.toString());
        try {
            java.nio.file.Files.createFile(folder.resolve("hang"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        JsonNode late = recommended(server);
        assertTrue(!late.toString().contains("It stands on the shelf.") && late.get("items").size() > 1, "who is late is left out: " + late);
        server.send("DELETE", STORE + TestPlugins.PID, null, (String) null).expect(204);
        JsonNode gone = recommended(server);
        assertEquals(late.get("items").findValuesAsText("product"), gone.get("items").findValuesAsText("product"));
    }

    private static JsonNode recommended(KontorServer server) {
        JsonNode answer = server.get("/stores/berlin/recommendations?customer=c3&n=10&plugin=" + RANKING).expect(200).json();
        assertTrue(answer.get("fallback").isNull(), answer.toString());
        return answer;
    }
}

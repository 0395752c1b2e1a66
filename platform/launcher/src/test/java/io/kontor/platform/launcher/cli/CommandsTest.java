package io.kontor.platform.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.launcher.StartFailure;
import io.kontor.platform.launcher.cli.FakeServer.Call;
import io.kontor.platform.launcher.cli.FakeServer.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String KNN = "io.kontor.recommend.item-knn";
    private static final String CATALOGUE = """
            {"items": [{"id": "io.kontor.recommend.item-knn", "family": "recommend", "title": "Neighbours", "versions": ["2.0.0", "1.0.0"],
              "settingsSchema": {"properties": {"neighbours": {"type": "integer"}, "shrinkage": {"type": "number"},
                "explicit": {"type": "boolean"}, "types": {"type": "array", "items": {"type": "string"}}}}}], "next": null}""";

    @TempDir
    private Path home;
    private FakeServer server;

    @BeforeEach
    void start() throws IOException, StartFailure {
        server = new FakeServer(home);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "start", "stop", "status", "deploy", "undeploy", "plugins", "stores", "store", "store add", "enable",
        "disable", "import", "train", "jobs", "demo"})
    void everyCommandExplainsItself(String command) {
        String[] args = (command + " --help").split(" ");
        Outcome outcome = server.run(args);
        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.out().startsWith("Usage: kontor " + command), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "store", "enable shop", "jobs --colour red", "train shop p --seed many",
        "import shop orders /no/file"})
    void aCommandThatIsNotUnderstoodEndsWithTwo(String line) {
        Outcome outcome = server.run(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.err().contains("--help."), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void readsAListPageAfterPage() {
        server.when("GET /stores", 200, "{\"items\": [{\"id\": \"a\", \"name\": \"Shop A\"}], \"next\": \"a b\"}")
                .when("GET /stores?cursor=a%20b", 200, "{\"items\": [{\"id\": \"b\", \"name\": \"Shop B\"}], \"next\": null}");
        Outcome outcome = server.run("stores");
        assertEquals(0, outcome.exitCode());
        assertEquals(3, outcome.out().lines().count(), outcome.out());
        assertEquals(List.of("Bearer " + FakeServer.KEY), server.only("GET /stores").headers().get("Authorization"));
    }

    @Test
    void sendsOfANewStoreOnlyWhatWasGiven() {
        server.when("POST /stores", 201, "{\"id\": \"shop\"}");
        Outcome outcome = server.run("store", "add", "shop", "--time-zone", "Europe/Berlin");
        assertEquals("Added the store shop.\n", outcome.out());
        assertEquals("{\"id\":\"shop\",\"timeZone\":\"Europe/Berlin\"}", server.only("POST /stores").body());
    }

    @Test
    void tellsWhichFieldsTheServerRefuses() {
        server.when("POST /stores", 422, """
                {"title": "Unprocessable", "detail": "The store is not acceptable.",
                 "errors": [{"field": "currency", "message": "is not ISO 4217"}, {"field": "country", "message": "is not known"}]}""");
        Outcome outcome = server.run("store", "add", "shop", "--currency", "DM");
        assertEquals(1, outcome.exitCode());
        assertEquals("The store is not acceptable.\n  currency: is not ISO 4217\n  country: is not known\n", outcome.err());
    }

    @Test
    void typesTheSettingsByThePluginsSchema() {
        server.when("GET /plugins", 200, CATALOGUE)
                .when("PUT /stores/shop/plugins/" + KNN, 200, "{\"version\": \"1.0.0\", \"state\": \"WAITING\", \"reason\": \"No model\"}");
        Outcome outcome = server.run("enable", "shop", KNN, "--set", "neighbours=50", "--set", "shrinkage=2.5", "--set", "explicit=true",
                "--set", "types=view,cart", "--set", "other=7=8", "--version", "1.0.0");
        assertEquals(KNN + " 1.0.0 is enabled for shop: WAITING, No model\n", outcome.out());
        assertEquals("{\"settings\":{\"neighbours\":50,\"shrinkage\":2.5,\"explicit\":true,\"types\":[\"view\",\"cart\"],"
                + "\"other\":\"7=8\"},\"version\":\"1.0.0\"}", server.only("PUT /stores/shop/plugins/" + KNN).body());
    }

    @Test
    void leavesANumberThatIsNoneToTheServer() {
        server.when("GET /plugins", 200, CATALOGUE).when("PUT /stores/shop/plugins/" + KNN, 422,
                "{\"detail\": \"settings.neighbours: must be a whole number\", "
                + "\"errors\": [{\"field\": \"settings.neighbours\", \"message\": \"must be a whole number\"}]}");
        Outcome outcome = server.run("enable", "shop", KNN, "--set", "neighbours=many");
        assertEquals(1, outcome.exitCode());
        assertEquals("settings.neighbours: must be a whole number\n", outcome.err());
    }

    @Test
    void importsACompressedFileAndTellsWhatBecameOfItsRows() throws IOException {
        Path file = Files.writeString(home.resolve("orders.CSV.gz"), "not looked into");
        server.when("POST /stores/shop/imports/orders?dryRun=false", 202, "{\"job\": \"7\"}")
                .when("GET /jobs/7", 200, "{\"state\": \"RUNNING\", \"progress\": 0.5, \"message\": \"reading\"}")
                .when("GET /jobs/7", 200, """
                        {"state": "SUCCEEDED", "progress": 1, "result": {"read": 3, "stored": 1, "duplicates": 1, "quarantined": 1,
                         "issues": [{"line": 4, "field": "quantity", "reason": "is not a number"}]}}""");
        Outcome outcome = server.run("import", "shop", "orders", file.toString());
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().endsWith("Read 3 rows: 1 stored, 1 duplicates, 1 quarantined.\n  line 4, quantity: is not a number\n"),
                outcome.out());
        assertTrue(outcome.out().contains(" 50 %  reading"), outcome.out());
        Call call = server.only("POST /stores/shop/imports/orders?dryRun=false");
        assertEquals("not looked into", call.body());
        assertEquals(List.of("text/csv"), call.headers().get("Content-type"));
        assertEquals(List.of("gzip"), call.headers().get("Content-encoding"));
    }

    @Test
    void asksForTheFormatWhereTheNameDoesNotTell() throws IOException {
        Path file = Files.writeString(home.resolve("orders.dat"), "");
        Outcome outcome = server.run("import", "shop", "orders", file.toString());
        assertEquals(1, outcome.exitCode());
        assertEquals("The name orders.dat does not tell the format: add --format csv or --format ndjson.\n", outcome.err());
    }

    @Test
    void aTrainingThatFailsFailsTheCommand() {
        server.when("POST /stores/shop/plugins/" + KNN + "/train", 202, "{\"job\": \"8\"}")
                .when("GET /jobs/8", 200, "{\"state\": \"FAILED\", \"progress\": 0.1, \"error\": \"There are 3 orders; 100 are needed.\"}");
        Outcome outcome = server.run("train", "shop", KNN, "--seed", "42");
        assertEquals(1, outcome.exitCode());
        assertEquals("There are 3 orders; 100 are needed.\n", outcome.err());
        assertEquals("{\"seed\":42}", server.only("POST /stores/shop/plugins/" + KNN + "/train").body());
    }

    @Test
    void tellsHowGoodATrainedModelIs() {
        server.when("POST /stores/shop/plugins/" + KNN + "/train", 202, "{\"job\": \"9\"}").when("GET /jobs/9", 200, """
                {"state": "SUCCEEDED", "progress": 1, "result": {"model": "m1", "metrics": {"ndcg@10": 0.21234, "users": 812},
                 "baseline": {"ndcg@10": 0.055}, "promoted": true, "reason": "Better than the baseline."}}""");
        Outcome outcome = server.run("train", "shop", KNN);
        assertEquals(0, outcome.exitCode(), outcome.err());
        assertTrue(outcome.out().contains("Model m1 is now in use.\nBetter than the baseline.\n"), outcome.out());
        assertTrue(outcome.out().contains("ndcg@10  0.2123  0.0550\n"), outcome.out());
        assertTrue(outcome.out().contains("users    812\n"), outcome.out());
    }

    @Test
    void removesTheOnlyVersionOfABundleAndAsksWhichOfSeveral() {
        server.when("GET /bundles", 200, """
                {"items": [{"symbolicName": "one", "version": "1.0.0"}, {"symbolicName": "two", "version": "1.0.0"},
                           {"symbolicName": "two", "version": "2.0.0"}]}""")
                .when("DELETE /bundles/one/1.0.0", 204, "").when("DELETE /bundles/two/2.0.0", 204, "");
        assertEquals("Removed one 1.0.0.\n", server.run("undeploy", "one").out());
        assertEquals("There are several versions of two: 1.0.0, 2.0.0; name one as two/1.0.0.\n", server.run("undeploy", "two").err());
        assertEquals(0, server.run("undeploy", "two/2.0.0").exitCode());
        assertEquals("There is no bundle three.\n", server.run("undeploy", "three").err());
    }

    @Test
    void narrowsTheJobs() {
        server.when("GET /jobs?store=shop&state=FAILED", 200, """
                {"items": [{"id": "8", "type": "train", "state": "FAILED", "progress": 0.104, "error": "Too few orders."}]}""");
        Outcome outcome = server.run("jobs", "--store", "shop", "--state", "failed");
        assertTrue(outcome.out().contains("FAILED  10 %  Too few orders.\n"), outcome.out());
    }

    @Test
    void deploysAJar() throws IOException {
        Path jar = Files.writeString(home.resolve("p.jar"), "jar");
        server.when("POST /bundles", 201, "{\"symbolicName\": \"p\", \"version\": \"1.0.0\", \"plugins\": [\"p.one\"]}");
        assertEquals("Deployed p 1.0.0.\n  plugin p.one\n", server.run("deploy", jar.toString()).out());
        assertEquals(List.of("application/java-archive"), server.only("POST /bundles").headers().get("Content-type"));
    }

    @Test
    void tellsThatTheServerIsReadyAndWhere() {
        Outcome outcome = server.run("status");
        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.out().startsWith("Kontor is ready at http://127.0.0.1:"), outcome.out());
    }

    @Test
    void saysHowToStartAServerThatIsNotThere(@TempDir Path other) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        int code = Commands.run(other, Map.of(), nowhere, new PrintStream(err, true, StandardCharsets.UTF_8), "stores");
        assertEquals(1, code);
        assertEquals("Kontor is not running on the data folder " + other.resolve("data") + "; start it with \"kontor start\".\n",
                err.toString(StandardCharsets.UTF_8));
        assertEquals(3, Commands.run(other, Map.of(), nowhere, nowhere, "status"));
        assertEquals(0, Commands.run(other, Map.of(), nowhere, nowhere, "stop"));
    }
}

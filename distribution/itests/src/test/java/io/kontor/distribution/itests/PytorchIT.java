package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The optional library that learns by gradients: deployed, trained with, and done without where a model only serves. */
class PytorchIT {

    private static final String PYTORCH = "io.kontor.bundles.pytorch";
    private static final String SEQUENTIAL = "io.kontor.recommend.sequential";
    private static final String TOWERS = "io.kontor.recommend.two-tower";
    private static final int PRODUCTS = 60;
    private static final int PURCHASES = 8;

    @TempDir
    Path folder;

    @Test
    void learnsForTwoPluginsAtOnceAndServesBothAfterARestartWithoutTheLibrary() throws Exception {
        Path libraries = folder.resolve("data").resolve("native");
        String next;
        String near;
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.AS_SHIPPED)) {
            Shop.create(server, "shop");
            server.importCsv("shop", "orders", orders());
            assertEquals(422, deploy(server, SEQUENTIAL), "its library is missing");
            for (String bundle : List.of(PYTORCH, SEQUENTIAL, TOWERS)) {
                assertEquals(201, deploy(server, bundle));
            }
            for (String plugin : List.of(SEQUENTIAL, TOWERS)) {
                server.json("PUT", "/stores/shop/plugins/" + plugin, "{\"settings\":{\"dimension\":32}}").expect(200);
                String missing = server.await(train(server, plugin), Duration.ofMinutes(1)).get("error").asText();
                assertTrue(missing.contains("pytorch-native-cpu") && missing.contains(libraries.toString()), missing);
            }
            Path jar = jar();
            Files.createDirectories(libraries);
            Files.copy(jar, libraries.resolve(jar.getFileName()));
            String sequential = train(server, SEQUENTIAL);
            String towers = train(server, TOWERS);
            better(server, sequential, 3);
            better(server, towers, 1);
            next = answer(server, SEQUENTIAL);
            near = answer(server, TOWERS);
            assertEquals(Set.of(libraries.resolve("pytorch")), libraries(server));
        }
        delete(libraries);
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.AS_SHIPPED)) {
            assertEquals(next, answer(server, SEQUENTIAL));
            assertEquals(near, answer(server, TOWERS));
            assertEquals(Set.of(), libraries(server));
        }
    }

    private static void better(KontorServer server, String job, double times) throws InterruptedException {
        JsonNode result = server.job(job, Duration.ofMinutes(4)).get("result");
        assertTrue(result.get("promoted").asBoolean(), result.toString());
        double baseline = result.get("baseline").get("ndcg@10").asDouble();
        assertTrue(result.get("metrics").get("ndcg@10").asDouble() > times * baseline, result.toString());
    }

    private static int deploy(KontorServer server, String bundle) throws IOException {
        byte[] jar = Files.readAllBytes(KontorServer.home().resolve("optional").resolve(bundle + "-0.1.0.jar"));
        return server.send("POST", "/bundles", jar, "application/java-archive").status();
    }

    private static String train(KontorServer server, String plugin) {
        return server.json("POST", "/stores/shop/plugins/" + plugin + "/train", "{\"seed\":7}").expect(202).json().get("job").asText();
    }

    /** What a plugin's model answers to a visit. */
    private static String answer(KontorServer server, String plugin) {
        JsonNode[] answer = new JsonNode[1];
        HotDeployIT.await("the model answers", () -> {
            answer[0] = server.get("/stores/shop/recommendations?session=p10,p11&n=5&plugin=" + plugin).expect(200).json();
            return answer[0].get("fallback").isNull() && answer[0].get("items").size() == 5;
        });
        assertEquals(plugin, answer[0].get("servedBy").get("plugin").asText());
        String items = answer[0].get("items").toString();
        assertTrue(items.contains("\"p12\""), items);
        assertTrue(!plugin.equals(SEQUENTIAL) || answer[0].get("items").get(0).get("product").asText().equals("p12"), items);
        return items;
    }

    /** Most buy the product that follows the one before. */
    private static String orders() {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        Instant begin = Instant.parse("2025-01-01T00:00:00Z");
        int[] latest = random.ints(400, 0, PRODUCTS).toArray();
        for (int purchase = 0; purchase < PURCHASES; purchase++) {
            for (int customer = 0; customer < latest.length; customer++) {
                latest[customer] = random.nextInt(5) == 0 ? random.nextInt(PRODUCTS) : (latest[customer] + 1) % PRODUCTS;
                csv.append('o').append(purchase).append('-').append(customer).append(',')
                        .append(begin.plusSeconds(86_400L * purchase + customer * 60L)).append(",c").append(customer).append(",p")
                        .append(latest[customer]).append(",1,9.90\n");
            }
        }
        return csv.toString();
    }

    /** The library as Maven Central has it. */
    private static Path jar() throws Exception {
        URL inside = PytorchIT.class.getClassLoader().getResource("native/lib/pytorch.properties");
        return Path.of(((JarURLConnection) inside.openConnection()).getJarFileURL().toURI());
    }

    /** The folders from which the server's process has mapped the library. */
    private static Set<Path> libraries(KontorServer server) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(server.process().pid()), "maps"))) {
            if (line.contains("libtorch_cpu.so")) {
                folders.add(Path.of(line.substring(line.indexOf('/'))).getParent().getParent());
            }
        }
        return folders;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}

package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier from elsewhere: the optional bundles are deployed, a file is uploaded, judged, promoted, served, and the plugin updated. */
class OnnxIT {

    private static final String ONNX = "io.kontor.risk.onnx";
    private static final String RISK = "/stores/shop/risk/assessments";
    private static final double WEIGHT = 1.5;
    private static final double BIAS = -4;

    @TempDir
    Path folder;

    @Test
    void aClassifierFromElsewhereIsJudgedPromotedServedAndOutlivesAnUpdateOfItsPlugin() throws Exception {
        byte[] plugin = optional(ONNX);
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            server.importCsv("shop", "transactions", transactions());
            server.json("PUT", "/stores/shop/plugins/io.kontor.risk.rules", "{}").expect(200);
            assertEquals(422, server.send("POST", "/bundles", plugin, "application/java-archive").status(), "its library is missing");
            server.send("POST", "/bundles", optional("io.kontor.bundles.onnxruntime"), "application/java-archive").expect(201);
            server.send("POST", "/bundles", plugin, "application/java-archive").expect(201);
            server.json("PUT", "/stores/shop/plugins/" + ONNX, "{\"settings\":{\"file\":\"fraud.onnx\",\"inputs\":[\"attr.risk or 0\"]}}")
                    .expect(200);
            String model = promoted(server);
            double score = score(server, model);
            assertEquals(1 / (1 + Math.exp(-(WEIGHT * 3 + BIAS))), score, 1e-6);
            server.send("POST", "/bundles", updated(plugin), "application/java-archive").expect(201);
            assertEquals(score, score(server, model));
            server.send("DELETE", "/bundles/" + ONNX + "/0.1.0", null, (String) null).expect(204);
            assertEquals(score, score(server, model));
            assertEquals(1, libraries(server).size(), "native code is loaded once: " + libraries(server));
        }
    }

    /** Uploads bad files, then the good one; gives the id of the model that serves. */
    private static String promoted(KontorServer server) throws InterruptedException {
        assertTrue(failure(server).endsWith("Store shop has no file \"fraud.onnx\"; upload it first."), failure(server));
        byte[] good = classifier();
        upload(server, "fraud.onnx", "amount,label\n".getBytes(), 200);
        assertTrue(failure(server).contains("The file \"fraud.onnx\" is no ONNX model"), failure(server));
        upload(server, ".fraud.onnx", good, 422);
        upload(server, "fraud.onnx", new byte[0], 422);
        upload(server, "fraud.onnx", good, 200);
        assertEquals("fraud.onnx", server.get("/stores/shop/files").expect(200).json().get("items").get(0).get("name").asText());
        JsonNode result = server.job(train(server), Duration.ofMinutes(2)).get("result");
        assertTrue(result.get("promoted").asBoolean(), result.toString());
        assertTrue(result.get("metrics").get("ap").asDouble() > result.get("baseline").get("ap").asDouble(),
                result.toString());
        server.send("DELETE", "/stores/shop/files/fraud.onnx", null, (String) null).expect(204);
        return result.get("model").asText();
    }

    private static void upload(KontorServer server, String name, byte[] bytes, int expected) {
        server.send("PUT", "/stores/shop/files/" + name, bytes, "application/octet-stream").expect(expected);
    }

    private static String train(KontorServer server) {
        return server.json("POST", "/stores/shop/plugins/" + ONNX + "/train", "{}").expect(202).json().get("job").asText();
    }

    private static String failure(KontorServer server) throws InterruptedException {
        return server.await(train(server), Duration.ofMinutes(1)).get("error").asText();
    }

    private static double score(KontorServer server, String model) {
        String payment = "{\"transaction\":{\"id\":\"t\",\"time\":\"2026-05-01T12:00:00Z\",\"amount\":20,\"attr.risk\":3}}";
        JsonNode[] answer = new JsonNode[1];
        HotDeployIT.await("the classifier answers", () -> {
            answer[0] = server.json("POST", RISK, payment).expect(200).json();
            return answer[0].get("fallback").isNull();
        });
        assertEquals(model, answer[0].get("servedBy").get("model").asText());
        return answer[0].get("score").asDouble();
    }

    /** Frauds have a higher {@code risk}, and nothing else tells them. */
    private static String transactions() {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("id,time,amount,customerId,attr.risk,label,labelTime\n");
        Instant begin = Instant.parse("2026-03-01T00:00:00Z");
        for (int i = 0; i < 1_000; i++) {
            boolean fraud = random.nextInt(8) == 0;
            Instant time = begin.plusSeconds(i * 1_800L);
            csv.append('t').append(i).append(',').append(time).append(',').append(10 + random.nextInt(50)).append(",c").append(i % 100)
                    .append(',').append(random.nextGaussian() + (fraud ? 3 : 0)).append(',').append(fraud ? "fraud" : "legitimate").append(',')
                    .append(time.plusSeconds(3_600)).append('\n');
        }
        return csv.toString();
    }

    /** A logistic regression over one number, as converters write it: rows of two probabilities. */
    private static byte[] classifier() {
        OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("logistic");
        graph.addInput(value("input", 1)).addOutput(value("probabilities", 2));
        graph.addInitializer(TensorProto.newBuilder().setName("weights").setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(List.of(1L, 2L)).addFloatData(0).addFloatData((float) WEIGHT));
        graph.addInitializer(TensorProto.newBuilder().setName("bias").setDataType(TensorProto.DataType.FLOAT.getNumber()).addDims(2)
                .addFloatData(0).addFloatData((float) BIAS));
        graph.addNode(NodeProto.newBuilder().setOpType("Gemm").addInput("input").addInput("weights").addInput("bias").addOutput("logits"));
        graph.addNode(NodeProto.newBuilder().setOpType("Softmax").addInput("logits").addOutput("probabilities").addAttribute(
                AttributeProto.newBuilder().setName("axis").setType(AttributeProto.AttributeType.INT).setI(1)));
        return OnnxMl.ModelProto.newBuilder().setIrVersion(6).addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph).build().toByteArray();
    }

    private static ValueInfoProto value(String name, int columns) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("rows");
        shape.addDimBuilder().setDimValue(columns);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber()).setShape(shape))).build();
    }

    private static byte[] optional(String bundle) throws IOException {
        return Files.readAllBytes(KontorServer.home().resolve("optional").resolve(bundle + "-0.1.0.jar"));
    }

    /** The same plugin under the next version. */
    private static byte[] updated(byte[] jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", "0.1.1");
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return bytes.toByteArray();
    }

    /** The native libraries that the server's process has mapped, by their files. */
    private static Set<String> libraries(KontorServer server) throws IOException {
        Path maps = Path.of("/proc", Long.toString(server.process().pid()), "maps");
        Set<String> files = new HashSet<>();
        try (Stream<String> lines = Files.lines(maps)) {
            lines.filter(line -> line.contains("libonnxruntime.so")).forEach(line -> files.add(line.substring(line.indexOf('/'))));
        }
        return files;
    }
}

package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that must not be taken: each is refused with a reason, and everything is as before. */
class BrokenBundlesIT {

    private static final String ACTIVATOR = """
            package com.acme.shelf;

            public class Broken implements org.osgi.framework.BundleActivator {
                public void start(org.osgi.framework.BundleContext context) throws Exception {
                    %s
                }

                public void stop(org.osgi.framework.BundleContext context) {
                }
            }
            """;

    @TempDir
    static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "shop");
        server.send("POST", "/bundles", TestPlugins.recommender("1.0.0", "return answer(\"good\");"), "application/java-archive").expect(201);
        server.json("PUT", "/stores/shop/plugins/" + TestPlugins.PID, "{}").expect(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Iterable<DynamicTest> eachIsRefusedAndNothingChanges() throws Exception {
        byte[] good = TestPlugins.recommender("com.acme.other", "com.acme.other", "1.0.0", "return answer(\"other\");", Map.of(), "");
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("not a zip", "this is no jar".getBytes(StandardCharsets.UTF_8));
        broken.put("empty", new byte[0]);
        broken.put("cut off", Arrays.copyOf(good, good.length / 2));
        broken.put("no manifest", zip("readme.txt", "hello".getBytes(StandardCharsets.UTF_8)));
        broken.put("no symbolic name", manifest(good, "Bundle-SymbolicName", null));
        broken.put("bad version", manifest(good, "Bundle-Version", "one.two"));
        broken.put("missing import", manifest(good, "Import-Package", "com.nowhere.at.all;version=\"[1,2)\""));
        broken.put("imports the platform", manifest(good, "Import-Package", "io.kontor.platform.stores"));
        broken.put("exports a package", manifest(good, "Export-Package", "com.acme.shelf"));
        broken.put("dynamic import", manifest(good, "DynamicImport-Package", "*"));
        broken.put("needs an API to come", manifest(good, "Import-Package", "io.kontor.api.recommend;version=\"[9,10)\""));
        broken.put("class of a newer Java", newerClasses(good));
        broken.put("activator throws", activator("throw new IllegalStateException(\"on purpose\");"));
        broken.put("activator fails badly", activator("throw new NoClassDefFoundError(\"com/acme/Gone\");"));
        broken.put("activator never returns", activator("Thread.sleep(600_000);"));
        broken.put("same name and version again", TestPlugins.recommender("1.0.0", "return answer(\"again\");"));
        assertTrue(broken.size() >= 12);
        return broken.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> refused(entry.getValue()))).toList();
    }

    private static void refused(byte[] jar) {
        String before = state();
        KontorServer.Answer answer = server.send("POST", "/bundles", jar, "application/java-archive");
        assertTrue(answer.status() == 422 || answer.status() == 409, answer.status() + ": " + answer.body());
        assertTrue(answer.json().get("detail").asText().length() > 20, "the reason is a sentence: " + answer.body());
        assertEquals(before, state());
        JsonNode served = server.get("/stores/shop/recommendations?plugin=" + TestPlugins.PID).expect(200).json();
        assertEquals("good", served.get("items").get(0).get("product").asText());
    }

    private static String state() {
        return server.get("/bundles").expect(200).body() + server.get("/plugins").expect(200).body()
                + server.get("/stores/shop/plugins").expect(200).body();
    }

    private static byte[] activator(String body) {
        return io.kontor.platform.testkit.server.BundleForge.bundle("com.acme.broken", "1.0.0",
                Map.of("com.acme.shelf.Broken", ACTIVATOR.formatted(body)), Map.of("Bundle-Activator", "com.acme.shelf.Broken"));
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] manifest(byte[] jar, String header, String value) throws IOException {
        return rewrite(jar, manifest -> {
            if (value == null) {
                manifest.getMainAttributes().remove(new java.util.jar.Attributes.Name(header));
            } else {
                manifest.getMainAttributes().putValue(header, value);
            }
        }, false);
    }

    private static byte[] newerClasses(byte[] jar) throws IOException {
        return rewrite(jar, manifest -> { }, true);
    }

    private static byte[] rewrite(byte[] jar, java.util.function.Consumer<Manifest> change, boolean newer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = in.getManifest();
            change.accept(manifest);
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    byte[] content = in.readAllBytes();
                    if (newer && entry.getName().endsWith(".class")) {
                        content[7] = (byte) 99;
                    }
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(content);
                }
            }
        }
        return bytes.toByteArray();
    }
}

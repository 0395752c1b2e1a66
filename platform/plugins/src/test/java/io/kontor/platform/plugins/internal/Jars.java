package io.kontor.platform.plugins.internal;

import io.kontor.platform.testkit.server.BundleForge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Good and bad jars for tests. */
final class Jars {

    private static final String PLUGIN = """
        package com.acme;

        import io.kontor.api.plugin.Plugin;
        import io.kontor.api.recommend.*;
        import java.util.List;
        import org.osgi.service.component.annotations.*;
        import org.osgi.service.metatype.annotations.*;

        @Plugin(family = "recommend", baseline = true)
        @Designate(ocd = Shelf.Settings.class, factory = true)
        @Component(name = "com.acme.shelf", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Shelf implements Recommender {

            @ObjectClassDefinition(name = "%shelf.title", description = "%shelf.text", localization = "OSGI-INF/l10n/shelf")
            public @interface Settings {
                @AttributeDefinition(name = "%depth.title", min = "1", max = "50")
                int depth() default 5;
                @AttributeDefinition(name = "Half life", min = "0.5")
                double halfLife() default 30;
                @AttributeDefinition(options = {@Option(label = "%fast", value = "fast"), @Option(label = "Exact", value = "exact")})
                String mode() default "fast";
                @AttributeDefinition
                String label() default "";
                @AttributeDefinition
                String[] brands() default {};
                @AttributeDefinition(cardinality = 2)
                int[] steps() default {1, 2};
                @AttributeDefinition(type = AttributeType.PASSWORD, required = false)
                String token();
            }

            @Activate
            public Shelf(Settings settings) {
                if (settings.depth() == 13) {
                    throw new IllegalStateException("thirteen is unlucky");
                }
            }

            @Override
            public Ranking recommend(RecommendationRequest request) {
                return new Ranking(List.of());
            }
        }
        """;

    private static final String ACTIVATOR = """
        package com.acme.start;

        import org.osgi.framework.*;

        public class Start implements BundleActivator {
            public void start(BundleContext context) throws Exception {
                %s
            }

            public void stop(BundleContext context) throws Exception {
                %s
            }
        }
        """;

    private Jars() {
    }

    /** A recommender {@code com.acme.shelf} with settings of every kind in English and Chinese. */
    static byte[] plugin(String version) {
        return plugin("com.acme.shelf", version);
    }

    /** The same plugin in a bundle of another name. */
    static byte[] plugin(String symbolicName, String version) {
        byte[] jar = BundleForge.bundle(symbolicName, version, Map.of("com.acme.Shelf", PLUGIN), Map.of());
        return rewrite(jar, entries -> {
            entries.put("OSGI-INF/l10n/shelf.properties", text("shelf.title=Shelf\nshelf.text=What stands there\ndepth.title=Depth\nfast=Fast"));
            entries.put("OSGI-INF/l10n/shelf_zh.properties", text("shelf.title=\u8d27\u67b6\ndepth.title=\u6df1\u5ea6"));
        });
    }

    /** A bundle whose activator does something. */
    static byte[] activator(String symbolicName, String version, String start, String stop) {
        return BundleForge.bundle(symbolicName, version, Map.of("com.acme.start.Start", String.format(ACTIVATOR, start, stop)),
            Map.of("Bundle-Activator", "com.acme.start.Start"));
    }

    /** A jar without any class. */
    static byte[] plain(Map<String, String> headers, Map<String, byte[]> entries) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("META-INF/MANIFEST.MF", manifest(headers));
        all.putAll(entries);
        return zip(all);
    }

    /** Headers of a bundle, with more added or in their place. */
    static Map<String, String> headers(String... more) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "com.acme.plain",
            "Bundle-Version", "1.0.0"));
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1] == null) {
                headers.remove(more[i]);
            } else {
                headers.put(more[i], more[i + 1]);
            }
        }
        return headers;
    }

    /** The same jar with one manifest header changed. */
    static byte[] withHeader(byte[] jar, String name, UnaryOperator<String> change) {
        return rewrite(jar, entries -> {
            try {
                Manifest manifest = new Manifest(new ByteArrayInputStream(entries.get("META-INF/MANIFEST.MF")));
                String value = manifest.getMainAttributes().getValue(name);
                manifest.getMainAttributes().putValue(name, change.apply(value == null ? "" : value));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                manifest.write(out);
                entries.put("META-INF/MANIFEST.MF", out.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The same jar with other entries. */
    static byte[] rewrite(byte[] jar, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        change.accept(entries);
        return zip(entries);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The first bytes of a class file for a version of Java. */
    static byte[] classFile(int java) {
        return new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (java + 44), 0, 1};
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] manifest(Map<String, String> headers) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            manifest.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package io.kontor.platform.testkit.server;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes bundles from source text, with their manifest and component descriptions, as a plugin author's build would. */
public final class BundleForge {

    private BundleForge() {
    }

    /**
     * Compiles classes and packs them into a bundle.
     *
     * @param symbolicName the bundle's name
     * @param version its version
     * @param sources source text by class name
     * @param instructions further bnd instructions, for example {@code Export-Package}; they win over the usual ones
     * @return the jar's bytes
     */
    public static byte[] bundle(String symbolicName, String version, Map<String, String> sources, Map<String, String> instructions) {
        try {
            Path folder = Files.createTempDirectory("forge");
            try {
                Path classes = compile(folder, sources);
                return pack(symbolicName, version, classes, instructions);
            } finally {
                delete(folder);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("could not make " + symbolicName, e);
        }
    }

    private static Path compile(Path folder, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path source = Files.createDirectory(folder.resolve("source"));
        for (Map.Entry<String, String> entry : sources.entrySet()) {
            Path file = source.resolve(entry.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null); Stream<Path> found = Files.walk(source)) {
            List<Path> all = found.filter(p -> p.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(messages, files, null, List.of("-d", classes.toString(), "--release", "17", "-proc:none",
                    "-classpath", System.getProperty("java.class.path")), null, files.getJavaFileObjectsFromPaths(all)).call();
            if (!compiled) {
                throw new IllegalArgumentException(messages.toString());
            }
        }
        return classes;
    }

    private static byte[] pack(String symbolicName, String version, Path classes, Map<String, String> instructions) throws Exception {
        try (Builder builder = new Builder()) {
            builder.addClasspath(classes.toFile());
            for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                builder.addClasspath(new java.io.File(entry));
            }
            builder.setProperty("Bundle-SymbolicName", symbolicName);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("-includeresource", classes.toString());
            builder.setProperty("-noclassforname", "true");
            instructions.forEach(builder::setProperty);
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", builder.getErrors()));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            jar.write(bytes);
            return bytes.toByteArray();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

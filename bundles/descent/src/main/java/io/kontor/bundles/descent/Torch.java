package io.kontor.bundles.descent;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngineProvider;
import io.kontor.api.KontorException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * The library, loaded when it is first asked for and once a process. It comes from a jar as Maven Central has it, in the folder {@code native}
 * of the server's data (or in the folder that the property {@code kontor.native} names), into which it is also unpacked, or from the class
 * path; nothing is ever downloaded. It works on the thread that calls it and on no other, so that equal inputs give equal bits on the same
 * kind of processor. The bundle that wraps it owns it, so each plugin may have a copy of this class. Safe for use by several threads.
 */
public final class Torch {

    /** The version of the library that the glue in the bundle was built for. */
    static final String VERSION = "2.7.1";

    private static final String DESCRIPTION = "native/lib/pytorch.properties";
    // What the Deep Java Library reads while it starts.
    private static final Map<String, String> SETTINGS = Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true", "PYTORCH_FLAVOR", "cpu",
            "ai.djl.pytorch.num_threads", "1", "ai.djl.pytorch.num_interop_threads", "1", "ai.djl.pytorch.graph_optimizer", "false");

    private static Engine engine;

    private Torch() {
    }

    /**
     * The library.
     *
     * @return the same one always
     * @throws KontorException of kind CONFIGURATION when it is not where it should be or does not fit this machine
     */
    public static Engine engine() {
        synchronized (PtEngineProvider.class) {
            if (engine == null) {
                engine = load(folder());
            }
            return engine;
        }
    }

    // Where the jar is expected and unpacked.
    private static Path folder() {
        Bundle bundle = FrameworkUtil.getBundle(Torch.class);
        String own = bundle == null ? System.getProperty("kontor.native") : bundle.getBundleContext().getProperty("kontor.native");
        if (own == null && bundle == null) {
            throw new IllegalStateException("outside the framework the property kontor.native must name a folder");
        }
        return own == null ? Path.of(bundle.getBundleContext().getProperty("kontor.data")).resolve("native") : Path.of(own);
    }

    private static Engine load(Path folder) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = PtEngineProvider.class.getClassLoader();
        try (URLClassLoader loader = new URLClassLoader(jars(folder, own), own)) {
            Files.createDirectories(folder);
            SETTINGS.forEach(System::setProperty);
            System.setProperty("ENGINE_CACHE_DIR", folder.toAbsolutePath().toString());
            System.setProperty("DJL_CACHE_DIR", folder.toAbsolutePath().toString());
            thread.setContextClassLoader(loader);
            return new PtEngineProvider().getEngine();
        } catch (IOException | RuntimeException | LinkageError e) {
            if (e instanceof KontorException missing) {
                throw missing;
            }
            throw new KontorException(KontorException.Kind.CONFIGURATION, "PyTorch could not be loaded from " + folder + ": "
                    + e.getMessage() + ".", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] jars(Path folder, ClassLoader own) throws IOException {
        Path jar = folder.resolve("pytorch-native-cpu-" + VERSION + "-" + platform() + ".jar");
        if (Files.isRegularFile(jar)) {
            return new URL[] {jar.toUri().toURL()};
        }
        if (own.getResource(DESCRIPTION) == null) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "Training needs PyTorch: put " + jar.getFileName()
                    + " from Maven Central (ai.djl.pytorch:pytorch-native-cpu:" + VERSION + ":" + platform() + ") into " + folder + ".");
        }
        return new URL[0];
    }

    // As the jars are named.
    private static String platform() {
        String name = System.getProperty("os.name");
        String system = name.startsWith("Win") ? "win" : name.startsWith("Mac") ? "osx" : "linux";
        String processor = System.getProperty("os.arch");
        return system + "-" + (processor.equals("amd64") ? "x86_64" : processor);
    }
}

package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.model.Trainer;
import io.kontor.platform.models.Release.Bearer;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Reads artifacts through the plugins that wrote them. Each plugin has its own two threads, so one that hangs holds up only itself. */
final class ModelLoader implements AutoCloseable {

    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 10;

    private final ArtifactFiles files;
    private final ConcurrentMap<String, ThreadPoolExecutor> threads = new ConcurrentHashMap<>();

    /**
     * A loader.
     *
     * @param files where artifacts are kept
     */
    ModelLoader(ArtifactFiles files) {
        this.files = files;
    }

    void submit(String plugin, Runnable work) {
        threads.computeIfAbsent(plugin, ModelLoader::pool).execute(work);
    }

    private static ThreadPoolExecutor pool(String plugin) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "kontor-model-" + plugin);
            thread.setDaemon(true);
            thread.setContextClassLoader(ModelLoader.class.getClassLoader());
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Reads a model.
     *
     * @param key plugin and store
     * @param service the plugin's service object
     * @param bearer which model
     * @return the plugin's own object
     * @throws KontorException of kind PLUGIN when the plugin cannot read it, of kind INTERNAL when the file is not what was registered
     */
    Object read(Key key, Object service, Bearer bearer) {
        if (!(service instanceof Trainer<?> trainer)) {
            throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " has models for store " + key.store()
                    + " but no longer uses any; remove their champion.");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(service.getClass().getClassLoader());
        try (InputStream in = files.open(key, bearer.id(), bearer.sha256())) {
            Object model = trainer.read(in);
            if (model == null) {
                throw new KontorException(Kind.PLUGIN, unreadable(key, bearer) + "it gave null.");
            }
            return model;
        } catch (KontorException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError | OutOfMemoryError e) {
            throw new KontorException(Kind.PLUGIN, unreadable(key, bearer) + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String unreadable(Key key, Bearer bearer) {
        return "Plugin " + key.plugin() + " cannot read model " + bearer.number() + " of store " + key.store()
                + "; train again or make another model the champion. Cause: ";
    }

    @Override
    public void close() {
        threads.values().forEach(ThreadPoolExecutor::shutdownNow);
    }
}

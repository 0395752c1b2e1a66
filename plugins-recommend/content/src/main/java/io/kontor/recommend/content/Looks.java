package io.kontor.recommend.content;

import io.kontor.api.data.Picture;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What pictures look like, each computed once and remembered in eight bits as long as there is memory. Safe for use by several threads.
 */
final class Looks {

    private static final System.Logger LOG = System.getLogger(Looks.class.getName());
    private static final int MOST_REMEMBERED = 100_000;
    private static final int MOST_WAITING = 5_000;
    private static final int IDLE_SECONDS = 10;

    private final Function<String, Optional<Picture>> pictures;
    private final AtomicInteger looked = new AtomicInteger();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            task -> {
                Thread thread = new Thread(task, "kontor-looks");
                thread.setDaemon(true);
                return thread;
            });
    private SoftReference<Map<String, byte[]>> remembered = new SoftReference<>(null);

    /**
     * None yet.
     *
     * @param pictures decodes one, by its key; empty when it is gone
     */
    Looks(Function<String, Optional<Picture>> pictures) {
        this.pictures = pictures;
        background.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks at a picture now.
     *
     * @param key the picture's
     * @return for {@link #unpacked}, not to be changed; empty when it is gone
     */
    Optional<byte[]> of(String key) {
        byte[] known = remembered().get(key);
        if (known == null) {
            Optional<Picture> picture = pictures.apply(key);
            if (picture.isEmpty()) {
                return Optional.empty();
            }
            known = packed(Look.of(picture.get()));
            remembered().put(key, known);
        }
        return Optional.of(known);
    }

    /**
     * What a picture looks like as far as it is known; if not, it is looked at in the background.
     *
     * @param key the picture's
     * @return empty when it is not known yet; {@link #looked} is another when it is worth to ask again
     */
    Optional<float[]> known(String key) {
        byte[] known = remembered().get(key);
        if (known == null && waiting.size() < MOST_WAITING && waiting.add(key)) {
            background.execute(() -> look(key));
        }
        return Optional.ofNullable(known).map(Looks::unpacked);
    }

    private void look(String key) {
        try {
            of(key);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The picture " + key + " cannot be looked at", e);
        } finally {
            waiting.remove(key);
            looked.incrementAndGet();
        }
    }

    /** How many pictures were looked at in the background. */
    int looked() {
        return looked.get();
    }

    private synchronized Map<String, byte[]> remembered() {
        Map<String, byte[]> map = remembered.get();
        if (map == null) {
            map = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            });
            remembered = new SoftReference<>(map);
        }
        return map;
    }

    // The same loss whether it was remembered or not, so that it changes no model. No number is above 1.
    private static byte[] packed(float[] look) {
        byte[] codes = new byte[look.length];
        for (int i = 0; i < look.length; i++) {
            codes[i] = (byte) Math.round(look[i] * Byte.MAX_VALUE);
        }
        return codes;
    }

    /** What a picture looks like, see {@link Look#of}. */
    static float[] unpacked(byte[] codes) {
        float[] look = new float[codes.length];
        for (int i = 0; i < look.length; i++) {
            look[i] = codes[i] / (float) Byte.MAX_VALUE;
        }
        return look;
    }

    /** Ends what runs in the background. */
    void close() {
        background.shutdownNow();
    }
}

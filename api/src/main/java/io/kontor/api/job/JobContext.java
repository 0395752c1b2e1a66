package io.kontor.api.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** What work in the background can say while it runs, and how it must stop. Safe for use by several threads; cheap to call. */
@ProviderType
public interface JobContext {

    /**
     * Tells how far the work is. May be called as often as convenient; the platform thins it out.
     *
     * @param fraction 0 to 1
     * @param message what is being done now, in a few words; shown to the operator
     */
    void progress(double fraction, String message);

    /**
     * Adds a line to the job's log.
     *
     * @param line one line without personal data
     */
    void log(String line);

    /**
     * To be called at least every few hundred milliseconds by long work.
     *
     * @throws java.util.concurrent.CancellationException when the job was cancelled or the server stops; let it pass
     */
    void checkCancelled();

    /**
     * How many threads the work may use, the calling one included. Work that {@link #all} does in parts is held to it.
     *
     * @return 1 or more; what the operator allows the store's trainings
     */
    default int threads() {
        return 1;
    }

    /**
     * Does parts of the work that do not depend on each other, on the calling thread and as many others as {@link #threads} allows. Parts
     * must be as good in any order, so that the number of threads changes nothing but the time; a snapshot is for one thread and cannot be
     * read in them. When a part fails, those not begun are left out and the failure of the first one in the order of the list is thrown.
     *
     * @param parts called once each
     * @param <T> what a part gives
     * @return what the parts gave, in their order
     */
    default <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
        List<T> results = new ArrayList<>(parts.size());
        for (Supplier<? extends T> part : parts) {
            checkCancelled();
            results.add(part.get());
        }
        return results;
    }

    /**
     * The context of work that is no job.
     *
     * @return a context that takes everything in silence and is never cancelled
     */
    static JobContext unwatched() {
        return new JobContext() {

            @Override
            public void progress(double fraction, String message) {
                // nobody looks
            }

            @Override
            public void log(String line) {
                // nobody looks
            }

            @Override
            public void checkCancelled() {
                // nobody cancels
            }
        };
    }
}

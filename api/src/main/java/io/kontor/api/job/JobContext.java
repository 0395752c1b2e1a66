package io.kontor.api.job;

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

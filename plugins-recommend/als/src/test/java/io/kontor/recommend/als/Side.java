package io.kontor.recommend.als;

import io.kontor.api.job.JobContext;
import java.util.List;
import java.util.function.Supplier;

/** Does all parts side by side. */
final class Side implements JobContext {

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

    @Override
    public int threads() {
        return 4;
    }

    @Override
    public <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
        return parts.parallelStream().<T>map(part -> part.get()).toList();
    }
}

package io.kontor.bundles.kernels;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Does the last part first. */
final class Backwards implements JobContext {

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
        return 1;
    }

    @Override
    public <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
        List<T> results = new ArrayList<>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            results.add(parts.get(i).get());
        }
        Collections.reverse(results);
        return results;
    }
}

package io.kontor.bundles.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import io.kontor.api.job.JobContext;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Tensor;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * Tribuo's AdaGrad (Duchi, Hazan and Singer 2011), which tells a job how far it is and stops when the job is cancelled. For one training at a
 * time.
 */
public final class WatchedSteps implements StochasticGradientOptimiser {

    private static final int ASKED_EVERY = 64;
    private static final double BEGIN = 0.2;

    private final AdaGrad steps;
    private final double step;
    private final JobContext job;
    private final long expected;
    private long taken;

    /**
     * An optimiser.
     *
     * @param step the initial size of a step, above 0
     * @param job asked every 64 steps; what it throws when it is cancelled ends the training
     * @param expected how many steps there will be, above 0; only the progress that is told depends on it
     */
    public WatchedSteps(double step, JobContext job, long expected) {
        steps = new AdaGrad(step);
        this.step = step;
        this.job = job;
        this.expected = expected;
    }

    @Override
    public void initialise(Parameters parameters) {
        steps.initialise(parameters);
    }

    @Override
    public Tensor[] step(Tensor[] updates, double weight) {
        if (taken++ % ASKED_EVERY == 0) {
            job.checkCancelled();
            job.progress(Math.min(1, BEGIN + (1 - BEGIN) * taken / expected), "finding the weights");
        }
        return steps.step(updates, weight);
    }

    @Override
    public void finalise() {
        steps.finalise();
    }

    @Override
    public void reset() {
        steps.reset();
    }

    @Override
    public StochasticGradientOptimiser copy() {
        return new WatchedSteps(step, job, expected);
    }

    @Override
    public ConfiguredObjectProvenance getProvenance() {
        return steps.getProvenance();
    }
}

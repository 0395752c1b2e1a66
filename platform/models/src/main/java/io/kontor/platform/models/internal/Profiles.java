package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import io.kontor.platform.models.internal.profile.Profiling;
import java.time.Instant;

/** Takes the profile of a training: what was learned from and how the model answered on the held-out part. */
final class Profiles {

    private Profiles() {
    }

    /**
     * Takes it. A training does not fail by it.
     *
     * @param family the family's name
     * @param snapshot the records
     * @param until the time of the last record that was learned from; null when none had a time
     * @param judgement how the model was judged; null when it was not
     * @param job progress and cancel
     * @return the profile; null when it could not be taken
     */
    static ReferenceProfile take(String family, Snapshot snapshot, Instant until, Judgement judgement, JobContext job) {
        try {
            return Profiling.of(family, snapshot.window(null, null), until, Slicing.categories(snapshot),
                    judgement == null ? null : judgement.answers(), job);
        } catch (KontorException e) {
            job.log("The model has no profile to compare later records with: " + e.getMessage());
            return null;
        }
    }
}

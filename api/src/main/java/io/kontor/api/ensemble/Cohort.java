package io.kontor.api.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Findings;
import io.kontor.api.model.Training;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members in one training of an ensemble. What one of them finds out by trials it takes over when it learns again. For one thread. */
public final class Cohort implements AutoCloseable {

    private final List<Member> members = new ArrayList<>();
    private final Map<String, Findings> findings = new HashMap<>();
    private final long seed;
    private final JobContext job;

    private Cohort(long seed, JobContext job) {
        this.seed = seed;
        this.job = job;
    }

    /**
     * Opens all plugins of a family.
     *
     * @param members the store's plugins
     * @param family the family
     * @param training the ensemble's training, for its seed and its job
     * @return the cohort; to be closed
     * @throws KontorException of kind CONFIGURATION when no plugin of the family is there
     */
    public static Cohort open(Members members, String family, Training training) {
        Cohort cohort = new Cohort(training.seed(), training.job());
        boolean whole = false;
        try {
            for (String plugin : members.of(family)) {
                cohort.add(members, plugin);
            }
            if (cohort.members.isEmpty()) {
                throw new KontorException(KontorException.Kind.CONFIGURATION,
                        "There is no other plugin of the family that could be a member of the ensemble; enable some for the store.");
            }
            whole = true;
            return cohort;
        } finally {
            if (!whole) {
                cohort.close();
            }
        }
    }

    private void add(Members all, String plugin) {
        try {
            members.add(all.open(plugin));
        } catch (KontorException e) {
            job.log("Plugin " + plugin + " is left out: " + e.getMessage());
        }
    }

    /**
     * The members that are still in.
     *
     * @return their plugins' ids in order
     */
    public List<String> plugins() {
        return members.stream().map(Member::plugin).toList();
    }

    /**
     * Lets all members learn, one after the other. A member that cannot is left out from then on.
     *
     * @param data what they learn from, read by one after the other
     * @param from the job's progress when it begins, 0 to 1
     * @param until the job's progress when it ends
     * @param step what is done, in a few words
     * @return what they have learned, in the order of {@link #plugins} as it is afterwards
     * @throws KontorException of kind DATA when none of them could learn
     */
    public List<TrainedMember> train(Snapshot data, double from, double until, String step) {
        List<TrainedMember> learned = new ArrayList<>();
        String last = "";
        int count = members.size();
        int done = 0;
        for (Member member : List.copyOf(members)) {
            JobContext part = part(from, until, step, member, done++, count);
            try {
                learned.add(train(member, data, part));
            } catch (KontorException e) {
                last = e.getMessage();
                job.log("Plugin " + member.plugin() + " is left out: " + last);
                members.remove(member);
                member.close();
            }
        }
        if (learned.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "No member of the ensemble could learn. The last one said: " + last);
        }
        return learned;
    }

    /**
     * Lets all members learn from a part of the records, to see how good they are on the rest.
     *
     * @param data what they learn from, read by one after the other
     * @param from the job's progress when it begins, 0 to 1
     * @param until the job's progress when it ends
     * @param step what is done, in a few words
     * @return what they have learned, in the order of {@link #plugins}; empty when one of them cannot learn from so little, as members are
     *     only compared on the same cases
     */
    public Optional<List<TrainedMember>> rehearse(Snapshot data, double from, double until, String step) {
        List<TrainedMember> learned = new ArrayList<>();
        for (Member member : members) {
            JobContext part = part(from, until, step, member, learned.size(), members.size());
            try {
                learned.add(train(member, data.window(null, null), part));
            } catch (KontorException e) {
                job.log("The members are not compared " + step + ": " + e.getMessage());
                return Optional.empty();
            }
        }
        return Optional.of(learned);
    }

    private TrainedMember train(Member member, Snapshot data, JobContext part) {
        return member.train(new Training(data, seed, part, findings.computeIfAbsent(member.plugin(), id -> new Findings())));
    }

    private JobContext part(double from, double until, String step, Member member, int done, int count) {
        double width = (until - from) / count;
        return new PartOfJob(job, from + done * width, from + (done + 1) * width, member.plugin() + ", " + step);
    }

    /** Lets go of the members' instances. */
    @Override
    public void close() {
        members.forEach(Member::close);
        members.clear();
    }
}

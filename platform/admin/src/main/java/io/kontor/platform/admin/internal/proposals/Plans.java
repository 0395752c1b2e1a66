package io.kontor.platform.admin.internal.proposals;

import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.proposals.ProposalListView.Choice;
import io.kontor.platform.admin.internal.proposals.ProposalListView.PlanView;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.stores.ActivePlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the jobs that leave proposals, and tells how they do. */
final class Plans {

    private static final Map<String, String> TYPES = Map.of(Family.INVENTORY, ForecastDesk.REPLENISHMENT_PLAN, Family.PRICING,
            PriceDesk.PRICE_PLAN);

    private final Jobs jobs;
    private final ActivePlugins active;

    Plans(Jobs jobs, ActivePlugins active) {
        this.jobs = jobs;
        this.active = active;
    }

    /** The plans of the families that have plugins in the visit's store. */
    List<Choice> of(Visit visit) {
        List<Choice> plans = new ArrayList<>();
        for (String family : List.of(Family.INVENTORY, Family.PRICING)) {
            if (!active.instances(visit.store().id(), family).isEmpty()) {
                plans.add(new Choice(family, visit.text("proposals.plan." + family)));
            }
        }
        return plans;
    }

    String start(Visit visit, String family) {
        String type = TYPES.get(family);
        if (type == null) {
            throw Refusal.missing(visit);
        }
        return jobs.submit(new JobRequest(type, visit.store().id(), null, Map.of(), type + "/" + visit.store().id(), visit.starter()));
    }

    /** A plan of this store; null when there is none of this id. */
    PlanView view(Visit visit, String id) {
        Job job = id.isEmpty() ? null : jobs.find(id).filter(each -> visit.store().id().equals(each.store())
                && TYPES.containsValue(each.type())).orElse(null);
        return job == null ? null : new PlanView(visit.storeUrl("proposals", "plans", id), job.progress(), job.state().ended(),
                text(visit, job), tone(job.state()));
    }

    private static String tone(Job.State state) {
        return switch (state) {
            case SUCCEEDED -> "good";
            case FAILED -> "bad";
            case CANCELLED -> "warn";
            default -> "";
        };
    }

    private static String text(Visit visit, Job job) {
        return switch (job.state()) {
            case SUCCEEDED -> visit.text("proposals.plan.done", number(job, "proposals"), number(job, "products"));
            case FAILED -> visit.text("proposals.plan.failed", visit.said(job.error()));
            case CANCELLED -> visit.text("proposals.plan.cancelled");
            default -> visit.text("proposals.plan.running");
        };
    }

    private static long number(Job job, String name) {
        return job.result() != null && job.result().get(name) instanceof Number number ? number.longValue() : 0;
    }
}

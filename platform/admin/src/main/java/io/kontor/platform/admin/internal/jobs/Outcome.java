package io.kontor.platform.admin.internal.jobs;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.Customers;
import io.kontor.platform.data.Imports;
import io.kontor.platform.data.ProductPictures;
import io.kontor.platform.data.QuarantineDesk;
import io.kontor.platform.data.Retention;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.SettingsSearches;
import io.kontor.platform.plugins.PluginTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What came of a job, in words.
 *
 * @param figures counts and other short values
 * @param metrics a model's quality beside the baseline's; empty for other jobs
 * @param issues rows of a file that were put aside, or files of an archive; empty for other jobs
 * @param summary in a few words
 * @param verdict one sentence; empty for none
 * @param tone whether the sentence is good news: {@code good}, {@code warn} or empty
 * @param next where what came of it is dealt with; null for nowhere
 */
public record Outcome(List<Figure> figures, List<Metric> metrics, List<Issue> issues, String summary, String verdict,
        String tone, Next next) {

    private static final int MOST_ISSUES = 100;

    /**
     * A short value.
     *
     * @param label what it is
     * @param value in words
     * @param tone as in badges
     */
    public record Figure(String label, String value, String tone) {
    }

    /**
     * A figure of quality.
     *
     * @param label what it is
     * @param value the model's
     * @param baseline the baseline's; a dash when there is none
     */
    public record Metric(String label, String value, String baseline) {
    }

    /**
     * A row that was put aside.
     *
     * @param line its line in the file; empty for a file of an archive
     * @param field the column at fault, empty for the whole row; or the name of the file
     * @param reason one sentence
     */
    public record Issue(String line, String field, String reason) {
    }

    /**
     * Where to go from here.
     *
     * @param text what the link says
     * @param href where it leads
     */
    public record Next(String text, String href) {
    }

    /**
     * Reads the result of a job that has ended well.
     *
     * @param visit the request
     * @param job the job
     * @return the result in the visitor's language
     */
    public static Outcome of(Visit visit, Job job) {
        Map<String, Object> result = job.result() == null ? Map.of() : job.result();
        return switch (job.type()) {
            case Imports.JOB, QuarantineDesk.JOB -> imported(visit, job.store(), result);
            case PluginTask.MONITOR -> watched(visit, job, result);
            case ProductPictures.JOB -> pictured(visit, job.store(), result);
            case PluginTask.READ -> imported(visit, job.store(), ofSource(visit, result));
            case ModelRegistry.TRAIN_JOB -> trained(visit, job.store(), result);
            case SettingsSearches.JOB -> searched(visit, job, result);
            case ForecastDesk.REPLENISHMENT_PLAN -> planned(visit, job.store(), result, "inventory");
            case PriceDesk.PRICE_PLAN -> planned(visit, job.store(), result, "pricing");
            case Retention.JOB -> plain(visit, result, "records.entity.");
            case Customers.ERASE_JOB -> erased(visit, result);
            default -> plain(visit, result, "jobs.result.");
        };
    }

    /** The counts of a source's feeds together, with the issues of all. */
    private static Map<String, Object> ofSource(Visit visit, Map<String, Object> result) {
        Map<String, Object> all = new LinkedHashMap<>(result);
        List<Object> issues = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (result.get("feeds") instanceof List<?> feeds) {
            for (Object each : feeds) {
                if (each instanceof Map<?, ?> feed) {
                    names.add(visit.textOr("records.entity." + feed.get("entity"), text(feed.get("entity"))));
                    issues.addAll(feed.get("issues") instanceof List<?> list ? list : List.of());
                }
            }
        }
        all.put("issues", issues.subList(0, Math.min(issues.size(), MOST_ISSUES)));
        all.put("names", String.join(", ", names));
        return all;
    }

    private static Outcome imported(Visit visit, String store, Map<String, Object> result) {
        boolean dryRun = Boolean.TRUE.equals(result.get("dryRun"));
        long quarantined = count(result, "quarantined");
        List<Figure> figures = List.of(
                new Figure(visit.text("jobs.result.read"), visit.format().number(count(result, "read")), ""),
                new Figure(visit.text(dryRun ? "jobs.result.to-store" : "jobs.result.stored"),
                        visit.format().number(count(result, "stored")), "good"),
                new Figure(visit.text("jobs.result.duplicates"), visit.format().number(count(result, "duplicates")), ""),
                new Figure(visit.text(dryRun ? "jobs.result.refused" : "jobs.result.quarantined"), visit.format().number(quarantined),
                        quarantined > 0 ? "warn" : ""));
        List<Issue> issues = new ArrayList<>();
        if (result.get("issues") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> issue) {
                    issues.add(new Issue(value(visit, issue.get("line")), text(issue.get("field")),
                            visit.said(text(issue.get("reason")))));
                }
            }
        }
        Next next = quarantined > 0 && !dryRun ? new Next(visit.text("jobs.to-quarantine"), visit.url("stores", store, "quarantine")
                + (result.get("entity") == null ? "" : "?entity=" + result.get("entity")))
                : dryRun ? null : new Next(visit.text("jobs.to-data"), visit.url("stores", store, "data"));
        String entity = text(result.get("entity"));
        String summary = visit.text(dryRun ? "jobs.import.would" : "jobs.import.did",
                result.containsKey("names") ? text(result.get("names")) : visit.textOr("records.entity." + entity, entity),
                count(result, "read"), count(result, "stored"), quarantined);
        return new Outcome(figures, List.of(), issues, summary, visit.text(dryRun ? "jobs.import.checked" : quarantined > 0 ? "jobs.import.part"
                : "jobs.import.all"), dryRun ? "" : quarantined == 0 ? "good" : "warn", next);
    }

    private static Outcome pictured(Visit visit, String store, Map<String, Object> result) {
        long stored = count(result, "stored");
        long refused = count(result, "refused");
        List<Figure> figures = List.of(new Figure(visit.text("jobs.result.stored"), visit.format().number(stored), "good"),
                new Figure(visit.text("jobs.result.not-taken"), visit.format().number(refused), refused > 0 ? "warn" : ""));
        List<Issue> issues = new ArrayList<>();
        for (Object each : result.get("problems") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> problem) {
                issues.add(new Issue("", text(problem.get("name")), visit.said(text(problem.get("reason")))));
            }
        }
        String summary = visit.text("records.pictures.stored", stored)
                + (refused == 0 ? "" : " " + visit.text("records.pictures.refused", refused));
        return new Outcome(figures, List.of(), issues, summary, summary, refused == 0 ? "good" : "warn",
                new Next(visit.text("records.pictures.show"), visit.url("stores", store, "data", "pictures")));
    }

    /** Counts by kind of record, and how far each plugin is with its own part. */
    private static Outcome erased(Visit visit, Map<String, Object> result) {
        List<Figure> figures = new ArrayList<>(plain(visit, result, "records.entity.").figures);
        boolean waiting = false;
        for (Object each : result.get("plugins") instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> plugin) {
                String state = text(plugin.get("state"));
                boolean open = state.equals("waiting");
                waiting |= open;
                figures.add(new Figure(text(plugin.get("plugin")), visit.textOr("jobs.erase." + state, state)
                        + (open ? " " + visit.said(text(plugin.get("reason"))) : ""), open ? "warn" : "good"));
            }
        }
        return new Outcome(figures, List.of(), List.of(), visit.text("jobs.done"), waiting ? visit.text("jobs.erase.open") : "",
                waiting ? "warn" : "", null);
    }

    private static Outcome searched(Visit visit, Job job, Map<String, Object> result) {
        Outcome judged = trained(visit, job.store(), result);
        String verdict = visit.said(text(result.get("reason")));
        List<Figure> figures = List.of(new Figure(visit.text("search.trials"), visit.format().number(count(result, "trials")), ""),
                new Figure(visit.text("search.failed"), visit.format().number(count(result, "failed")),
                        count(result, "failed") > 0 ? "warn" : ""));
        return new Outcome(figures, judged.metrics(), List.of(), verdict, verdict, "", new Next(visit.text("jobs.to-search"),
                visit.url("stores", job.store(), "plugins", job.plugin(), "search", job.id())));
    }

    private static Outcome watched(Visit visit, Job job, Map<String, Object> result) {
        List<Figure> figures = new ArrayList<>();
        for (String name : List.of("well", "changed", "problem", "tooLittle", "failed")) {
            String tone = name.equals("problem") || name.equals("failed") ? "bad" : name.equals("changed") ? "warn" : "";
            figures.add(new Figure(visit.text("jobs.monitor." + name), visit.format().number(count(result, name)),
                    count(result, name) == 0 ? "" : tone));
        }
        long problems = count(result, "problem");
        return new Outcome(figures, List.of(), List.of(), visit.text("jobs.done"), problems > 0 ? visit.text("jobs.monitor.some", problems) : "",
                problems > 0 ? "warn" : "", new Next(visit.text("jobs.to-monitoring"), visit.url("stores", job.store(), "monitoring",
                        job.plugin())));
    }

    private static Outcome trained(Visit visit, String store, Map<String, Object> result) {
        Map<?, ?> own = result.get("metrics") instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> baseline = result.get("baseline") instanceof Map<?, ?> map ? map : Map.of();
        List<Metric> metrics = new ArrayList<>();
        for (Object name : new TreeSet<>(own.keySet())) {
            metrics.add(new Metric(io.kontor.platform.admin.internal.models.Metric.label(visit, text(name)), value(visit, own.get(name)),
                    baseline.get(name) == null ? "–" : value(visit, baseline.get(name))));
        }
        boolean promoted = Boolean.TRUE.equals(result.get("promoted"));
        String reason = visit.said(text(result.get("reason")));
        String verdict = visit.text(promoted ? "jobs.train.promoted" : "jobs.train.kept");
        return new Outcome(List.of(), metrics, List.of(), verdict, verdict + (reason.isEmpty() ? "" : " " + reason), promoted ? "good" : "warn",
                result.get("model") == null ? null : new Next(visit.text("jobs.to-model"), visit.url("stores", store, "models",
                        text(result.get("model")))));
    }

    private static Outcome planned(Visit visit, String store, Map<String, Object> result, String family) {
        Outcome counts = plain(visit, result, "jobs.result.");
        long proposals = count(result, "proposals");
        return new Outcome(counts.figures, List.of(), List.of(), visit.text("jobs.plan.did", proposals),
                visit.text(proposals > 0 ? "jobs.plan.some" : "jobs.plan.none"), proposals > 0 ? "good" : "",
                new Next(visit.text("jobs.to-proposals"), visit.url("stores", store, "proposals") + "?family=" + family));
    }

    /** Values by name, as far as they are short. */
    private static Outcome plain(Visit visit, Map<String, Object> result, String prefix) {
        List<Figure> figures = new ArrayList<>();
        result.forEach((name, value) -> {
            if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>) && value != null) {
                figures.add(new Figure(visit.textOr(prefix + name, words(name)), value(visit, value), ""));
            }
        });
        return new Outcome(figures, List.of(), List.of(), visit.text("jobs.done"), "", "", null);
    }

    /** The words of a name in camel case: {@code withoutDemand} is "Without demand". */
    static String words(String name) {
        String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('-', ' ').replace('_', ' ').toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    private static long count(Map<String, Object> result, String name) {
        return result.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static String value(Visit visit, Object value) {
        if (value instanceof Number number) {
            return visit.format().number(number.doubleValue(), 4);
        }
        return value instanceof Boolean yes ? visit.text(yes ? "shell.yes" : "shell.no") : text(value);
    }
}

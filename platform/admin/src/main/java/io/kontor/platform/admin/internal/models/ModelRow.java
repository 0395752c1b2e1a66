package io.kontor.platform.admin.internal.models;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelVersion;
import java.util.List;

/**
 * A model as a line of the list.
 *
 * @param number counts from 1 for each plugin
 * @param href its page
 * @param created when it was trained
 * @param aliases its aliases in words
 * @param main the metric that it is judged by; null when there was too little data to judge
 * @param fate promoted or not, in words
 * @param tone how the fate looks
 */
public record ModelRow(int number, String href, String created, List<Alias> aliases, Metric main, String fate, String tone) {

    /** An alias. */
    public record Alias(String name, String label, String tone) {

        static Alias of(Visit visit, String name) {
            return new Alias(name, visit.textOr("models.alias." + name, name), name.equals("champion") ? "good" : "accent");
        }
    }

    static ModelRow of(Visit visit, ModelVersion model, ModelVersion champion, Fates.Fate fate) {
        List<Metric> metrics = Metric.of(visit, model, champion);
        return new ModelRow(model.number(), visit.storeUrl("models", model.id()), visit.format().time(model.createdAt()),
                aliases(visit, model), metrics.isEmpty() ? null : metrics.get(0), fate == null ? ""
                : visit.text(fate.promoted() ? "models.promoted" : "models.not-promoted"), fate == null || fate.promoted() ? "" : "warn");
    }

    static List<Alias> aliases(Visit visit, ModelVersion model) {
        return model.aliases().stream().sorted().map(name -> Alias.of(visit, name)).toList();
    }
}

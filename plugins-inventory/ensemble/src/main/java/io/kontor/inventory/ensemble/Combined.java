package io.kontor.inventory.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.SimplexWeights;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;

/** One answer of an ensemble. For one thread. */
final class Combined {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int MOST = 6;
    /** A member that counts less is not worth a word. */
    private static final double NOTEWORTHY = 0.005;

    private final Blend model;
    private final ForecastRequest request;
    private final Members members;
    private final Locale locale;

    Combined(Blend model, ForecastRequest request, Members members, Locale locale) {
        this.model = model;
        this.request = request;
        this.members = members;
        this.locale = locale;
    }

    /** Asks the members that count, and all others when none of those answers. */
    Forecast forecast() {
        int count = model.members().size();
        int chosen = model.chosen(request.history().product());
        double[] means = chosen < 0 ? model.means() : alone(chosen, count);
        double[][] quantiles = new double[request.quantiles().length][];
        boolean[] wanted = new boolean[count];
        for (int q = 0; q < quantiles.length; q++) {
            quantiles[q] = chosen < 0 ? model.quantile(request.quantiles()[q]) : means;
        }
        boolean[] others = new boolean[count];
        for (int m = 0; m < count; m++) {
            wanted[m] = means[m] > 0;
            for (double[] one : quantiles) {
                wanted[m] |= one[m] > 0;
            }
            others[m] = !wanted[m];
        }
        Forecast[] answers = ask(wanted);
        if (none(answers)) {
            answers = ask(others);
        }
        if (none(answers)) {
            throw new KontorException(KontorException.Kind.PLUGIN, "No member of the ensemble has answered.");
        }
        return mixed(answers, means, quantiles);
    }

    private static double[] alone(int member, int count) {
        double[] alone = new double[count];
        alone[member] = 1;
        return alone;
    }

    private static boolean none(Forecast[] answers) {
        for (Forecast answer : answers) {
            if (answer != null) {
                return false;
            }
        }
        return true;
    }

    private Forecast[] ask(boolean[] asked) {
        List<Callable<Forecast>> questions = new ArrayList<>();
        for (int m = 0; m < asked.length; m++) {
            if (asked[m]) {
                Forecaster forecaster = model.members().get(m).forecaster();
                questions.add(() -> forecaster.forecast(request));
            }
        }
        List<Optional<Forecast>> answers = members.ask(questions);
        Forecast[] all = new Forecast[asked.length];
        int at = 0;
        for (int m = 0; m < asked.length; m++) {
            all[m] = asked[m] ? answers.get(at++).filter(this::fits).orElse(null) : null;
        }
        return all;
    }

    private boolean fits(Forecast forecast) {
        return forecast.mean().length == request.horizon() && forecast.quantiles().length == request.quantiles().length;
    }

    private Forecast mixed(Forecast[] answers, double[] means, double[][] quantiles) {
        boolean[] answered = new boolean[answers.length];
        for (int m = 0; m < answers.length; m++) {
            answered[m] = answers[m] != null;
        }
        double[] counts = SimplexWeights.among(means, answered);
        double[] mean = new double[request.horizon()];
        double[][] values = new double[quantiles.length][request.horizon()];
        for (int m = 0; m < answers.length; m++) {
            for (int h = 0; answered[m] && h < mean.length; h++) {
                mean[h] += counts[m] * answers[m].mean()[h];
            }
        }
        for (int q = 0; q < values.length; q++) {
            double[] own = SimplexWeights.among(quantiles[q], answered);
            for (int h = 0; h < mean.length; h++) {
                for (int m = 0; m < answers.length; m++) {
                    values[q][h] += answered[m] ? own[m] * answers[m].quantiles()[q][h] : 0;
                }
                values[q][h] = q == 0 ? values[q][h] : Math.max(values[q][h], values[q - 1][h]);
            }
        }
        return new Forecast(mean, values, method(answers, counts), reasons(answers, counts));
    }

    private static String method(Forecast[] answers, double[] counts) {
        StringBuilder method = new StringBuilder();
        for (int m = 0; m < counts.length; m++) {
            if (counts[m] >= NOTEWORTHY) {
                method.append(method.isEmpty() ? "" : " + ").append(String.format(Locale.ROOT, "%.2f ", counts[m])).append(answers[m].method());
            }
        }
        return method.toString();
    }

    private List<Reason> reasons(Forecast[] answers, double[] counts) {
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.forecastensemble", locale, Combined.class.getClassLoader(),
                STORE_LANGUAGE);
        StringBuilder listened = new StringBuilder();
        List<Reason> of = new ArrayList<>();
        for (int m = 0; m < counts.length; m++) {
            double count = counts[m];
            if (count >= NOTEWORTHY) {
                String plugin = model.members().get(m).plugin();
                listened.append(listened.isEmpty() ? "" : words.getString("and")).append(new MessageFormat(words.getString("member"), locale)
                        .format(new Object[] {plugin.substring(plugin.lastIndexOf('.') + 1),
                            NumberFormat.getPercentInstance(locale).format(count), answers[m].method()}));
                answers[m].reasons().forEach(reason -> of.add(new Reason(reason.code(), reason.text(), reason.weight() * count)));
            }
        }
        of.sort(Comparator.comparingDouble((Reason reason) -> Double.isNaN(reason.weight()) ? 0 : -Math.abs(reason.weight())));
        List<Reason> reasons = new ArrayList<>();
        reasons.add(new Reason("members", new MessageFormat(words.getString("reason.members"), locale).format(new Object[] {listened}),
                Double.NaN));
        reasons.addAll(of.subList(0, Math.min(MOST, of.size())));
        return reasons;
    }
}

package io.kontor.inventory.exponentialsmoothing;

import java.util.Arrays;
import java.util.List;

/**
 * How one series is smoothed: what training learns of it. States are not kept: they follow from the series in one pass, so that a forecast
 * always knows the latest sales. Immutable.
 *
 * @param form the form of least corrected Akaike criterion (Hurvich and Tsai, 1989)
 * @param alpha smoothing of the level
 * @param beta smoothing of the trend
 * @param gamma smoothing of the season
 * @param phi damping of the trend
 * @param theta smoothing of the theta method, whose forecast is averaged with the form's (combinations of the two did best among simple
 *     methods in the M4 competition: Makridakis, Spiliotis and Assimakopoulos, 2020); 0 for the form alone
 */
record Pattern(Form form, double alpha, double beta, double gamma, double phi, double theta) {

    /** For series of which nothing was learned. */
    static final Pattern UNKNOWN = new Pattern(Form.LEVEL, 0.2, 0, 0, 1, 0);

    static final int LEAST = 8;
    private static final int EVALUATIONS = 160;
    /** Longer seasons are taken out beforehand: as states they would be more than the years that tell of them. */
    private static final int LONGEST_STATE = 24;
    /** Series with more empty periods than this have no trend or season that could be told from chance. */
    private static final double MOSTLY_EMPTY = 0.6;
    private static final double EDGE = 1e-4;

    /** Rounds the parameters as they are written, so that a model answers the same before and after. */
    Pattern {
        alpha = (float) alpha;
        beta = (float) beta;
        gamma = (float) gamma;
        phi = (float) phi;
        theta = (float) theta;
    }

    /** The series as the forms see it. */
    private record View(double[] y, Seasons seasons, int season, boolean positive) {

        static View of(double[] y, int season) {
            boolean positive = Arrays.stream(y).allMatch(v -> Double.isNaN(v) || v > 0);
            if (season <= LONGEST_STATE) {
                return new View(y, Seasons.none(), y.length >= 2 * season + 1 ? season : 1, positive);
            }
            Seasons seasons = Seasons.of(y, season, positive);
            double[] adjusted = seasons.present() ? seasons.takenOut(y) : y;
            return new View(adjusted, seasons, 1, positive);
        }
    }

    /**
     * What is expected.
     *
     * @param mean expected units of each period, 0 or more
     * @param variance their variance
     * @param level the level at the end of the series
     * @param slope the trend a period at the end of the series
     * @param seasonal whether a season was found
     * @param parts what level, trend and season make of the mean
     */
    record Projection(double[] mean, double[] variance, double level, double slope, boolean seasonal, Parts parts) {
    }

    /**
     * Learns.
     *
     * @param y the series; NaN where missing
     * @param season periods of a season
     * @return the pattern
     */
    static Pattern of(double[] y, int season) {
        long known = Arrays.stream(y).filter(v -> !Double.isNaN(v)).count();
        long empty = Arrays.stream(y).filter(v -> v == 0).count();
        if (known < LEAST || known == empty) {
            return UNKNOWN;
        }
        View view = View.of(y, season);
        boolean sparse = empty > MOSTLY_EMPTY * known;
        Pattern best = UNKNOWN;
        double least = Double.POSITIVE_INFINITY;
        for (Form form : sparse ? List.of(Form.LEVEL) : Form.candidates(view.season > 1, view.positive)) {
            double parameters = form.parameters() + form.states(view.season) + 1.0;
            if (known - parameters - 1 <= 0) {
                continue;
            }
            Smoothing.Start start = Smoothing.Start.of(view.y, form, view.season);
            double[] x = Simplex.minimum(point -> deviance(form, view, start, point), begin(form), EVALUATIONS);
            double criterion = deviance(form, view, start, x) + 2 * parameters * known / (known - parameters - 1);
            if (criterion < least) {
                least = criterion;
                best = at(form, x);
            }
        }
        return sparse ? best : best.withTheta(y, season, view.positive);
    }

    private Pattern withTheta(double[] y, int season, boolean positive) {
        Seasons seasons = Seasons.of(y, season, positive);
        return new Pattern(form, alpha, beta, gamma, phi, Theta.alpha(seasons.present() ? seasons.takenOut(y) : y));
    }

    private static double deviance(Form form, View view, Smoothing.Start start, double[] x) {
        Smoothing smoothing = at(form, x).smoothing(view.season);
        return smoothing.run(view.y, start) ? smoothing.deviance() : Double.POSITIVE_INFINITY;
    }

    private Smoothing smoothing(int season) {
        return new Smoothing(form, season, alpha, beta, gamma, phi);
    }

    private static double[] begin(Form form) {
        double[] x = new double[form.parameters()];
        int i = 0;
        x[i++] = -1;
        if (form.trend()) {
            x[i++] = -2;
        }
        if (form.damped()) {
            x[i++] = 1;
        }
        if (form.seasonal()) {
            x[i] = -2;
        }
        return x;
    }

    /** The pattern at a point of the search: every parameter is a logistic function, so that all points are allowed. */
    private static Pattern at(Form form, double[] x) {
        int i = 0;
        double alpha = share(x[i++]);
        double beta = form.trend() ? alpha * share(x[i++]) : 0;
        double phi = form.damped() ? 0.8 + 0.18 * share(x[i++]) : 1;
        double gamma = form.seasonal() ? (1 - alpha) * share(x[i]) : 0;
        return new Pattern(form, alpha, beta, gamma, phi, 0);
    }

    private static double share(double x) {
        return EDGE + (1 - 2 * EDGE) / (1 + Math.exp(-x));
    }

    /**
     * Forecasts.
     *
     * @param y the series up to the origin; NaN where missing
     * @param season periods of a season
     * @param horizon how many periods
     * @return mean and variance of each
     */
    Projection project(double[] y, int season, int horizon) {
        View view = View.of(y, season);
        Pattern fitting = view.season == 1 && form.seasonal() || !view.positive && form.multiplicative() ? UNKNOWN : this;
        Smoothing smoothing = fitting.smoothing(view.season);
        if (!smoothing.run(view.y, Smoothing.Start.of(view.y, fitting.form, view.season))) {
            fitting = UNKNOWN;
            smoothing = fitting.smoothing(1);
            smoothing.run(view.y, Smoothing.Start.of(view.y, Form.LEVEL, 1));
        }
        double[] mean = new double[horizon];
        double[] variance = new double[horizon];
        smoothing.project(mean, variance);
        for (int h = 0; h < horizon && view.seasons.present(); h++) {
            mean[h] = view.seasons.putBack(mean[h], y.length + h);
            variance[h] *= view.seasons.scale(y.length + h) * view.seasons.scale(y.length + h);
        }
        boolean seasonal = fitting.form.seasonal() || view.seasons.present();
        boolean both = theta > 0 && smoothing.observed() > 0;
        Parts parts = new Parts();
        for (int h = 0; h < horizon; h++) {
            Seasons out = view.seasons;
            parts.add(both ? 0.5 : 1, smoothing.level(), smoothing.trend(h),
                    out.present() ? out.multiplicative() : fitting.form.multiplicative(),
                    out.present() ? out.of(y.length + h) : smoothing.season(h));
        }
        if (both) {
            seasonal |= addTheta(y, season, view.positive, mean, parts);
        }
        for (int h = 0; h < horizon; h++) {
            parts.raise(Math.max(0, -mean[h]));
            mean[h] = Math.max(0, mean[h]);
        }
        return new Projection(mean, variance, Math.max(0, smoothing.level()), smoothing.slope(), seasonal, parts);
    }

    private boolean addTheta(double[] y, int season, boolean positive, double[] mean, Parts parts) {
        Seasons seasons = Seasons.of(y, season, positive);
        double[] further = new double[mean.length];
        double level = Theta.project(seasons.present() ? seasons.takenOut(y) : y, theta, further);
        for (int h = 0; h < mean.length; h++) {
            parts.add(0.5, level, further[h] - level, seasons.multiplicative(), seasons.of(y.length + h));
            mean[h] = (mean[h] + (seasons.present() ? seasons.putBack(further[h], y.length + h) : further[h])) / 2;
        }
        return seasons.present();
    }

    /** The field's name of the method. */
    String method() {
        return theta > 0 ? form.text() + "+theta" : form.text();
    }
}

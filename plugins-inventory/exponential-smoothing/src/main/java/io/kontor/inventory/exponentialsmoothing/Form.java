package io.kontor.inventory.exponentialsmoothing;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the state space models of exponential smoothing, named by error, trend and season (Hyndman, Koehler, Snyder and Grose, 2002). An
 * additive error goes with additive seasons only and a multiplicative one with multiplicative ones: the other pairs are numerically unstable
 * or of no use to demand.
 *
 * @param multiplicative whether error and season multiply
 * @param trend whether there is a trend
 * @param damped whether it fades
 * @param seasonal whether there is a season
 */
record Form(boolean multiplicative, boolean trend, boolean damped, boolean seasonal) {

    /** The simplest form. */
    static final Form LEVEL = new Form(false, false, false, false);

    private static final List<Form> ALL = all();

    private static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        for (boolean multiplicative : new boolean[] {false, true}) {
            for (boolean seasonal : new boolean[] {false, true}) {
                forms.add(new Form(multiplicative, false, false, seasonal));
                forms.add(new Form(multiplicative, true, true, seasonal));
                forms.add(new Form(multiplicative, true, false, seasonal));
            }
        }
        return List.copyOf(forms);
    }

    /**
     * The forms that a series may have.
     *
     * @param seasonal whether it is long enough for seasons
     * @param positive whether all its values are above 0
     */
    static List<Form> candidates(boolean seasonal, boolean positive) {
        return ALL.stream().filter(form -> (seasonal || !form.seasonal) && (positive || !form.multiplicative)).toList();
    }

    /** Its place among all forms, for writing. */
    int index() {
        return ALL.indexOf(this);
    }

    /** The form at a place. */
    static Form at(int index) {
        return ALL.get(index);
    }

    /** How many smoothing parameters it has. */
    int parameters() {
        return 1 + (trend ? 1 : 0) + (damped ? 1 : 0) + (seasonal ? 1 : 0);
    }

    /** How many initial states it has. */
    int states(int season) {
        return 1 + (trend ? 1 : 0) + (seasonal ? season - 1 : 0);
    }

    /** The field's name, for example {@code ets(A,Ad,N)}. */
    String text() {
        String error = multiplicative ? "M" : "A";
        return "ets(" + error + "," + (trend ? damped ? "Ad" : "A" : "N") + "," + (seasonal ? error : "N") + ")";
    }
}

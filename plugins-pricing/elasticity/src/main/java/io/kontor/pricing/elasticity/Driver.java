package io.kontor.pricing.elasticity;

import java.time.LocalDate;

/** What drives demand: the columns of the demand equation whose coefficients products share, by their index. */
final class Driver {

    /** Logarithm of the product's own price. */
    static final int PRICE = 0;
    /** Share of the period with a promotion. */
    static final int PROMOTION = 1;
    /** Logarithm of competitors' price of the product. */
    static final int COMPETITOR = 2;
    /** Mean logarithm of the prices of the other products of the category, over those of late. */
    static final int RIVALS = 3;
    /** The first of the waves of the yearly season. */
    static final int SEASON = 4;
    /** How many waves, each a sine and a cosine. */
    static final int WAVES = 2;
    /** How many drivers there are. */
    static final int COUNT = SEASON + 2 * WAVES;

    private static final double DAYS_OF_YEAR = 365.25;

    private Driver() {
    }

    /** Writes the drivers of a period into a row, from an index on. */
    static void fill(double[] row, int at, double logPrice, double promotion, double logCompetitor, double rivals, LocalDate day) {
        row[at + PRICE] = logPrice;
        row[at + PROMOTION] = promotion;
        row[at + COMPETITOR] = logCompetitor;
        row[at + RIVALS] = rivals;
        for (int wave = 0; wave < WAVES; wave++) {
            double angle = 2 * Math.PI * (wave + 1) * day.toEpochDay() / DAYS_OF_YEAR;
            row[at + SEASON + 2 * wave] = Math.sin(angle);
            row[at + SEASON + 2 * wave + 1] = Math.cos(angle);
        }
    }
}

package io.kontor.platform.demo;

/**
 * What customers want of one product day by day, whether or not it is on the shelf: a negative binomial count whose mean is the product of
 * popularity, season, week day, growth, (price / first price)^elasticity, promotion, and shocks that last for weeks.
 */
final class Demand {

    /** Shape of the mean's own variation from day to day. */
    private static final double SHAPE = 14;
    private static final double SHOCK = 0.06;
    private static final double PERSISTENCE = 0.5;
    private static final double YEARS = 730;

    private final double[] mean;
    private final int[] wanted;

    private Demand(int all, int days) {
        mean = new double[all];
        wanted = new int[days];
    }

    static Demand of(Profile profile, Item item, PriceTags prices, Span span, Chance chance) {
        double[] weekdays = profile.numbers("weekdays");
        double growth = profile.number("growth");
        double lift = profile.number("lift");
        Demand demand = new Demand(span.all(), span.days());
        double shock = 0;
        for (int day = 0; day < span.all(); day++) {
            if (span.monday(day)) {
                shock = PERSISTENCE * shock + SHOCK * Math.sqrt(1 - PERSISTENCE * PERSISTENCE) * chance.gaussian();
            }
            double mean = day < item.launch() ? 0 : item.appetite().daily() * item.appetite().season(span.date(day).getDayOfYear())
                    * weekdays[span.date(day).getDayOfWeek().getValue() - 1] * StrictMath.exp(growth * (day / YEARS - 0.5))
                    * StrictMath.pow(prices.price(day) / item.price(), item.appetite().elasticity()) * (prices.promoted(day) ? lift : 1);
            demand.mean[day] = mean;
            if (day < span.days()) {
                demand.wanted[day] = mean == 0 ? 0 : chance.poisson(mean * StrictMath.exp(shock) * chance.gamma(SHAPE));
            }
        }
        return demand;
    }

    /** Expected units of a day; known for the days ahead too. */
    double mean(int day) {
        return mean[day];
    }

    /** Units that were wanted on a day. */
    int wanted(int day) {
        return wanted[day];
    }
}

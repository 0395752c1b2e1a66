package io.kontor.risk.randomforest;

import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.SharedKey;
import io.kontor.api.risk.Transaction;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** The one definition of the forest's inputs, for training and for serving. Immutable. */
final class Inputs {

    private static final double MILLIS_OF_HOUR = 3_600_000;
    private static final double MINUTES_OF_HOUR = 60;

    private final List<Feature> features;
    private final ZoneId zone;
    private final boolean[] keys = new boolean[SharedKey.values().length];
    private final int[] links;
    private final boolean linked;

    /** Gives the number for a text. */
    @FunctionalInterface
    interface Encoder {

        /**
         * Encodes.
         *
         * @param feature index of the feature
         * @param text not empty
         * @return its number
         */
        double encode(int feature, String text);
    }

    Inputs(List<Feature> features, ZoneId zone) {
        this.features = List.copyOf(features);
        this.zone = zone;
        links = new int[features.size()];
        boolean any = false;
        for (int f = 0; f < links.length; f++) {
            Feature feature = features.get(f);
            if (feature.kind() == Feature.Kind.LINK) {
                links[f] = Linkage.index(feature.key(), feature.stat());
                keys[feature.key().ordinal()] = true;
                any = true;
            }
        }
        linked = any;
    }

    List<Feature> features() {
        return features;
    }

    ZoneId zone() {
        return zone;
    }

    /**
     * The values of a payment.
     *
     * @param request the payment and what came before it
     * @param encoder gives the numbers of texts
     * @return one a feature; NaN for what is missing
     */
    double[] of(RiskRequest request, Encoder encoder) {
        double[] figures = linked ? new double[Linkage.SIZE] : null;
        if (linked) {
            Linkage.fill(request, keys, figures);
        }
        Transaction transaction = request.transaction();
        ZonedDateTime local = transaction.time().atZone(zone);
        double[] values = new double[links.length];
        for (int f = 0; f < values.length; f++) {
            Feature feature = features.get(f);
            values[f] = switch (feature.kind()) {
                case AMOUNT -> transaction.amount();
                case HOUR -> local.getHour() + local.getMinute() / MINUTES_OF_HOUR;
                case WEEKDAY -> local.getDayOfWeek().getValue();
                case COUNTRIES_DIFFER -> differ(transaction);
                case FIELD -> encoded(Survey.FIELDS.get(feature.name()).apply(transaction), f, encoder);
                case TEXT -> transaction.attributes().get(feature.name()) instanceof String text ? encoded(text, f, encoder) : Double.NaN;
                case NUMBER -> transaction.attributes().get(feature.name()) instanceof Double number ? number : Double.NaN;
                case AGE -> age(transaction, feature.name());
                case LINK -> figures[links[f]];
            };
        }
        return values;
    }

    private static double encoded(String text, int feature, Encoder encoder) {
        return text.isEmpty() ? Double.NaN : encoder.encode(feature, text);
    }

    private static double differ(Transaction transaction) {
        if (transaction.country().isEmpty() || transaction.billingCountry().isEmpty()) {
            return Double.NaN;
        }
        return transaction.country().equals(transaction.billingCountry()) ? 0 : 1;
    }

    private static double age(Transaction transaction, String attribute) {
        long moment = transaction.attributes().get(attribute) instanceof String text ? Moments.of(text) : Moments.NONE;
        return moment == Moments.NONE ? Double.NaN : (transaction.time().toEpochMilli() - moment) / MILLIS_OF_HOUR;
    }
}

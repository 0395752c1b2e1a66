package io.kontor.recommend.shelves;

import io.kontor.api.data.Arrival;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Lists what came into the catalogue last, as the column {@code createdAt} of products says; what was imported a moment ago is there. Products
 * of which the shop does not say come last. Learns nothing.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = NewArrivals.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.new-arrivals", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class NewArrivals implements Recommender {

    private final Within within;
    private final StoreData data;
    private final Words words;

    /** The settings. */
    @ObjectClassDefinition(name = "%newArrivals.title", description = "%newArrivals.description", localization = "OSGI-INF/l10n/shelves")
    public @interface Settings {

        /**
         * To what the list is held.
         *
         * @return {@code everything} or {@code category}
         */
        @AttributeDefinition(name = "%within", description = "%within.help", options = {
            @Option(label = "%within.everything", value = Within.ALL), @Option(label = "%within.category", value = Within.SAME_CATEGORY)})
        String within() default Within.ALL;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public NewArrivals(Settings settings, @Reference StoreData data) {
        this.within = Within.of(settings.within());
        this.data = data;
        this.words = new Words(data);
    }

    @Override
    public Ranking recommend(RecommendationRequest request) {
        DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(data.store().locale())
                .withZone(data.store().timeZone());
        String category = within == Within.CATEGORY ? Board.category(data, request) : "";
        List<RankedItem> items = new ArrayList<>();
        for (Arrival arrival : data.arrivals()) {
            if (items.size() == request.n()) {
                break;
            }
            if (Wares.below(arrival.category(), category) && request.eligible().test(arrival.product())) {
                Reason reason = arrival.createdAt() == 0 ? words.reason("new", 1)
                        : words.reason("new-since", 1, day.format(Instant.ofEpochMilli(arrival.createdAt())));
                items.add(new RankedItem(arrival.product(), 1.0 / (items.size() + 1), List.of(reason)));
            }
        }
        return new Ranking(items);
    }
}

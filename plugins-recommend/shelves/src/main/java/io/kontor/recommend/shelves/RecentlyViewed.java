package io.kontor.recommend.shelves;

import io.kontor.api.data.Interaction;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lists what the customer looked at of late, the latest first; of the running visit as far as the request lets it. Learns nothing. */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = RecentlyViewed.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.recently-viewed", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RecentlyViewed implements Recommender {

    private final Settings settings;
    private final StoreData data;
    private final Words words;

    /** The settings. */
    @ObjectClassDefinition(name = "%recentlyViewed.title", description = "%recentlyViewed.description",
            localization = "OSGI-INF/l10n/shelves")
    public @interface Settings {

        /**
         * Whether what was put into the cart stands in the list, too.
         *
         * @return true for both
         */
        @AttributeDefinition(name = "%carts", description = "%carts.help")
        boolean carts() default true;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public RecentlyViewed(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
        this.words = new Words(data);
    }

    @Override
    public Ranking recommend(RecommendationRequest request) {
        DateTimeFormatter day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(data.store().locale())
                .withZone(data.store().timeZone());
        Map<String, Reason> latest = new LinkedHashMap<>();
        List<String> visit = new ArrayList<>(request.session());
        Collections.reverse(visit);
        for (String product : visit) {
            latest.putIfAbsent(product, words.reason("viewed-now", 1));
        }
        for (Interaction deed : request.history()) {
            boolean cart = deed.type() == Interaction.Type.CART;
            if (cart && settings.carts() || deed.type() == Interaction.Type.VIEW || deed.type() == Interaction.Type.CLICK) {
                latest.computeIfAbsent(deed.product(), product -> words.reason(cart ? "carted-on" : "viewed-on", 1, day.format(deed.time())));
            }
        }
        List<RankedItem> items = new ArrayList<>();
        latest.forEach((product, reason) -> {
            if (items.size() < request.n() && !request.product().filter(product::equals).isPresent() && request.eligible().test(product)) {
                items.add(new RankedItem(product, 1.0 / (items.size() + 1), List.of(reason)));
            }
        });
        return new Ranking(items);
    }
}

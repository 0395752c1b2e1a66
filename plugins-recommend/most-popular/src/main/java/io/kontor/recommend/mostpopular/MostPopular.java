package io.kontor.recommend.mostpopular;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Recommends what most customers chose, newer choices counting more. The same list for everybody, and so the one to be beaten. */
@Plugin(family = Family.RECOMMEND, baseline = true)
@Designate(ocd = MostPopular.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.most-popular", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MostPopular implements TrainedRecommender<Popularity> {

    /** A store whose language is missing is spoken to in English, not in the language of the server. */
    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final Settings settings;
    private final StoreData data;
    private volatile Worded worded;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/mostpopular")
    public @interface Settings {

        /**
         * After how many days a choice counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 0;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public MostPopular(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
    }

    @Override
    public Popularity train(Training training) {
        return Choices.read(training).count(settings.halfLifeDays(), training.job());
    }

    @Override
    public void write(Popularity model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public Popularity read(InputStream in) throws IOException {
        return Popularity.read(in);
    }

    @Override
    public Ranking recommend(Popularity model, RecommendationRequest request) {
        Worded all = worded(model);
        List<RankedItem> items = new ArrayList<>();
        for (int place = 0; place < all.items().length && items.size() < request.n(); place++) {
            if (request.eligible().test(model.entries().get(place).product())) {
                items.add(all.item(place));
            }
        }
        return new Ranking(items);
    }

    private Worded worded(Popularity model) {
        Worded known = worded;
        Locale locale = data.store().locale();
        if (known == null || known.model() != model || !known.locale().equals(locale)) {
            String sentence = ResourceBundle.getBundle("OSGI-INF.l10n.mostpopular", locale, getClass().getClassLoader(), STORE_LANGUAGE)
                    .getString("reason");
            known = new Worded(model, locale, sentence, new RankedItem[model.entries().size()]);
            worded = known;
        }
        return known;
    }

    // The items of a model in the store's language: put into words when they are first asked for, as that takes longer than all the rest. Two
    // threads may do so at once, to the same effect.
    private record Worded(Popularity model, Locale locale, String sentence, RankedItem[] items) {

        RankedItem item(int place) {
            RankedItem item = items[place];
            if (item == null) {
                Popularity.Entry entry = model.entries().get(place);
                String text = new MessageFormat(sentence, locale).format(new Object[] {entry.customers()});
                item = new RankedItem(entry.product(), entry.score(), List.of(new Reason("popular", text, entry.score())));
                items[place] = item;
            }
            return item;
        }
    }
}

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
        Locale locale = data.store().locale();
        MessageFormat sentence = new MessageFormat(ResourceBundle.getBundle("OSGI-INF.l10n.mostpopular", locale,
                getClass().getClassLoader(), STORE_LANGUAGE).getString("reason"), locale);
        List<RankedItem> items = new ArrayList<>();
        for (Popularity.Entry entry : model.entries()) {
            if (items.size() == request.n()) {
                break;
            }
            if (request.eligible().test(entry.product())) {
                Reason reason = new Reason("popular", sentence.format(new Object[] {entry.customers()}), entry.score());
                items.add(new RankedItem(entry.product(), entry.score(), List.of(reason)));
            }
        }
        return new Ranking(items);
    }
}

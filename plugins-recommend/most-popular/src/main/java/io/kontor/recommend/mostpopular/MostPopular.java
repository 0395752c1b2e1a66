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
        return Popularity.of(training, settings.halfLifeDays());
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
        String text = ResourceBundle.getBundle("OSGI-INF.l10n.mostpopular", data.store().locale(), getClass().getClassLoader())
                .getString("reason");
        MessageFormat sentence = new MessageFormat(text, data.store().locale());
        List<RankedItem> items = new ArrayList<>();
        for (int rank = 0; rank < model.size() && items.size() < request.n(); rank++) {
            if (request.eligible().test(model.product(rank))) {
                Reason reason = new Reason("popular", sentence.format(new Object[] {model.customers(rank)}), model.score(rank));
                items.add(new RankedItem(model.product(rank), model.score(rank), List.of(reason)));
            }
        }
        return new Ranking(items);
    }
}

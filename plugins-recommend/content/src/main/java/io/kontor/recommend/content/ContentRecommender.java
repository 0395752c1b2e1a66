package io.kontor.recommend.content;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Words;
import io.kontor.api.data.Pictures;
import io.kontor.api.data.Product;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recommends products that are like those a customer knows, by what is said of them and what they look like, fused with who chose them
 * together. A product that came into the catalogue a moment ago is recommended without training: what is said of it, or its picture, is all that
 * the model needs.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = ContentRecommender.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.content", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ContentRecommender implements TrainedRecommender<Taste> {

    private final Settings settings;
    private final StoreData data;
    private final Encoders encoders;
    private final Looks looks;
    private final Map<Taste, Newcomers> newcomers = new WeakHashMap<>();

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/content")
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
     * @param context where encoders of texts are looked for
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public ContentRecommender(BundleContext context, Settings settings, @Reference StoreData data) {
        this(settings, data, new ServiceEncoders(context));
    }

    /**
     * Made with given encoders.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param encoders of texts
     */
    ContentRecommender(Settings settings, StoreData data, Encoders encoders) {
        this.settings = settings;
        this.data = data;
        this.encoders = encoders;
        this.looks = new Looks(data::picture);
    }

    @Override
    public Taste train(Training training) {
        return new Learning(training, settings.halfLifeDays(), encoders.reading(data.store().locale().getLanguage()),
                data.pictures(), looks).learn();
    }

    @Override
    public void write(Taste model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public Taste read(InputStream in) throws IOException {
        return Taste.read(in);
    }

    @Override
    public Ranking recommend(Taste model, RecommendationRequest request) {
        Catalogue catalogue = catalogue(model);
        Basket basket = Basket.of(catalogue.items(), model.counting(), request);
        int[] best = EvidenceRanking.best(catalogue.items(), catalogue.scores(basket), request);
        return new Answer(data, catalogue, basket).ranking(best);
    }

    private Catalogue catalogue(Taste model) {
        synchronized (newcomers) {
            // How many were looked at is asked first: one that is looked at meanwhile is then asked for again.
            int looked = looks.looked();
            Pictures pictures = model.looks().name().equals(Look.NAME) ? data.pictures() : null;
            Newcomers.State state = new Newcomers.State(data.arrivals(), pictures, looked);
            Newcomers now = newcomers.computeIfAbsent(model, Newcomers::none).with(model, state, new Shop(model));
            newcomers.put(model, now);
            return new Catalogue(model, now);
        }
    }

    /** What the shop's catalogue says now. */
    private final class Shop implements Newcomers.Source {

        private final Taste model;

        Shop(Taste model) {
            this.model = model;
        }

        @Override
        public Terms terms(String product) {
            return data.product(product).map(one -> new Words().title(one.title()).category(one.category()).brand(one.brand()).terms())
                    .orElse(Terms.NONE);
        }

        @Override
        public float[] vector(String product) {
            if (model.meanings().size() == 0) {
                return null;
            }
            String sentence = data.product(product).map(one -> Words.sentence(one.title(), one.category(), one.brand())).orElse("");
            return sentence.isBlank() ? null : encoders.named(model.meanings().name()).map(one -> one.encode(sentence)).orElse(null);
        }

        @Override
        public String imageUrl(String product) {
            return data.product(product).map(Product::imageUrl).orElse("");
        }

        @Override
        public Optional<float[]> look(String picture) {
            return looks.known(picture);
        }
    }

    @Deactivate
    void close() {
        looks.close();
        encoders.close();
    }
}

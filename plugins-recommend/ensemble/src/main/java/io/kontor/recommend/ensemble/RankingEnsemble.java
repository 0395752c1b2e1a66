package io.kontor.recommend.ensemble;

import io.kontor.api.data.StoreData;
import io.kontor.api.ensemble.Members;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Recommends by all other plugins of the family that the store has enabled: their lists are merged by standard scores, with equal weights or
 * with those that did best, or the one is asked that did best for customers of whom as much is known. What it makes of them it learns from
 * the last products of customers, which the members had not seen.
 */
@Plugin(family = Family.RECOMMEND, trainAt = "H 4 * * *")
@Designate(ocd = RankingEnsemble.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.ensemble", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RankingEnsemble implements TrainedRecommender<Blend> {

    private final Settings settings;
    private final StoreData data;
    private final Members members;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/rankingensemble")
    public @interface Settings {

        /**
         * How the members' lists become one.
         *
         * @return average, stacking or segments
         */
        @AttributeDefinition(name = "%method", description = "%method.help", options = {@Option(label = "%method.average", value = "average"),
            @Option(label = "%method.stacking", value = "stacking"), @Option(label = "%method.segments", value = "segments")})
        String method() default "stacking";
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param members the store's other plugins
     */
    @Activate
    public RankingEnsemble(Settings settings, @Reference StoreData data, @Reference Members members) {
        this.settings = settings;
        this.data = data;
        this.members = members;
    }

    @Override
    public Blend train(Training training) {
        return new Learning(training, members, Method.of(settings.method())).learn();
    }

    @Override
    public void write(Blend model, OutputStream out) throws IOException {
        model.write(new DataOutputStream(out));
    }

    @Override
    public Blend read(InputStream in) throws IOException {
        return Blend.read(new DataInputStream(in), members);
    }

    @Override
    public Ranking recommend(Blend model, RecommendationRequest request) {
        return new Merged(model, request, members, data.store().locale()).ranking();
    }
}

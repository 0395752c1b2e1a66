package io.kontor.recommend.sessionknn;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Counting;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.Items;
import io.kontor.api.data.Interaction;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recommends what comes next in a visit, from past visits like it. The running visit comes with each request, so each click changes the answer
 * at once; nothing has to be known of the visitor. Visits of others count from about a second after they were told of, without a training. Who
 * comes without a visit is answered by the latest of the customer's history.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = SessionKnn.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.session-knn", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SessionKnn implements TrainedRecommender<Sessions> {

    private static final Counting ALIKE = new Counting(Double.NEGATIVE_INFINITY, 1);

    private final Settings settings;
    private final EvidenceRanking evidence;
    private final LatestVisits latest;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/sessionknn")
    public @interface Settings {

        /**
         * How many past sessions are listened to.
         *
         * @return a number of sessions
         */
        @AttributeDefinition(name = "%neighbours", description = "%neighbours.help", min = "10", max = "5000")
        int neighbours() default 500;

        /**
         * How many sessions are kept for each product, the newest.
         *
         * @return a number of sessions
         */
        @AttributeDefinition(name = "%perProduct", description = "%perProduct.help", min = "10", max = "10000")
        int perProduct() default 1000;

        /**
         * After how many days a session counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 90;

        /**
         * How many of the latest deeds after a training count.
         *
         * @return a number of deeds; 0 to count what was learned only
         */
        @AttributeDefinition(name = "%latestDeeds", description = "%latestDeeds.help", min = "0", max = "100000")
        int latestDeeds() default 50000;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public SessionKnn(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.evidence = new EvidenceRanking(data);
        this.latest = new LatestVisits(data, settings.latestDeeds());
    }

    @Deactivate
    void close() {
        latest.close();
    }

    @Override
    public Sessions train(Training training) {
        return Visits.read(training, settings.perProduct());
    }

    @Override
    public void write(Sessions model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public Sessions read(InputStream in) throws IOException {
        Sessions model = Sessions.read(in);
        latest.serve(model);
        return model;
    }

    @Override
    public Ranking recommend(Sessions model, RecommendationRequest request) {
        latest.takeOver(model);
        Searched searched = model.searched();
        Items items = searched.items();
        Basket basket = Basket.of(items, ALIKE, new RecommendationRequest(request.placement(), Optional.empty(), Optional.empty(),
                visit(items, request), List.of(), request.n(), request.eligible()));
        long owner = request.customer().map(LatestVisits::owner).orElse(0L);
        NearestSessions nearest = new NearestSessions(searched, basket, owner, settings.neighbours(), settings.halfLifeDays());
        int[] best = EvidenceRanking.best(items, nearest.scores(), request);
        return evidence.of(items, best, basket, nearest.shares(best));
    }

    /** The known products of the visit, each at its last place, the oldest first. */
    private static List<String> visit(Items items, RecommendationRequest request) {
        List<String> deeds = new ArrayList<>(request.session());
        request.product().ifPresent(deeds::add);
        if (deeds.isEmpty()) {
            for (Interaction deed : request.history()) {
                if (ALIKE.weight(deed) > 0 && deeds.size() < NearestSessions.LONGEST) {
                    deeds.add(deed.product());
                }
            }
        } else {
            Collections.reverse(deeds);
        }
        Set<String> latest = new LinkedHashSet<>();
        for (String deed : deeds) {
            if (latest.size() < NearestSessions.LONGEST && items.indexOf(deed) >= 0) {
                latest.add(deed);
            }
        }
        List<String> visit = new ArrayList<>(latest);
        Collections.reverse(visit);
        return visit;
    }
}

package io.kontor.recommend.shelves;

import io.kontor.api.KontorException;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A list of what goes with the product that is looked at and those of the running visit or cart; where there are neither, with the latest of the
 * customer's history.
 */
abstract class Pairing implements TrainedRecommender<Companions> {

    private static final int LATEST = 20;

    private final StoreData data;
    private final String code;
    private final int least;
    private final Within within;
    private final Words words;

    /**
     * Made for one store.
     *
     * @param data the store's data
     * @param code of its reasons
     * @param least how often two products must have met
     * @param within to what the list is held
     */
    Pairing(StoreData data, String code, int least, String within) {
        this.data = data;
        this.code = code;
        this.least = least;
        this.within = Within.of(within);
        this.words = new Words(data);
    }

    /**
     * Takes what counts of a row.
     *
     * @param meetings takes it
     * @param deed the row
     */
    abstract void add(Meetings meetings, Deed deed);

    /**
     * What is missing when no two products met.
     *
     * @return a sentence
     */
    abstract String missing();

    @Override
    public final Companions train(Training training) {
        Meetings meetings = Meetings.read(training, data.store().timeZone(), this::add);
        Wares wares = Wares.read(training.data(), meetings.items());
        SparseMatrix from = meetings.from();
        Companions model = Companions.learn(wares, from, meetings.directed() ? meetings.to() : from, least, training.job());
        if (model.targets().length == 0) {
            throw new KontorException(KontorException.Kind.DATA, missing());
        }
        return model;
    }

    @Override
    public final void write(Companions model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public final Companions read(InputStream in) throws IOException {
        return Companions.read(in);
    }

    @Override
    public final Ranking recommend(Companions model, RecommendationRequest request) {
        Set<String> known = known(request);
        float[] scores = new float[model.wares().items().size()];
        int[] strongest = new int[scores.length];
        String category = within == Within.CATEGORY ? Board.category(data, request) : "";
        for (String product : known) {
            int source = model.wares().items().indexOf(product);
            for (int at = source < 0 ? 0 : model.starts()[source]; source >= 0 && at < model.starts()[source + 1]; at++) {
                int target = model.targets()[at];
                if (Wares.below(model.wares().categories()[target], category)) {
                    boolean stronger = scores[target] == 0 || model.strengths()[at] > model.strengths()[strongest[target]];
                    strongest[target] = stronger ? at : strongest[target];
                    scores[target] += model.strengths()[at];
                }
            }
        }
        List<RankedItem> items = new ArrayList<>();
        for (int product : EvidenceRanking.best(model.wares().items(), scores, request)) {
            int at = strongest[product];
            int source = 0;
            for (String each : known) {
                int index = model.wares().items().indexOf(each);
                source = index >= 0 && model.starts()[index] <= at && at < model.starts()[index + 1] ? index : source;
            }
            items.add(new RankedItem(model.wares().items().id(product), scores[product], List.of(words.reason(code, scores[product],
                    words.title(model.wares().items().id(source)), model.times()[at]))));
        }
        return new Ranking(items);
    }

    private static Set<String> known(RecommendationRequest request) {
        Set<String> known = new LinkedHashSet<>(request.session());
        request.product().ifPresent(known::add);
        for (Interaction deed : known.isEmpty() ? request.history() : List.<Interaction>of()) {
            if (deed.type() != Interaction.Type.IMPRESSION && deed.type() != Interaction.Type.RETURN && known.size() < LATEST) {
                known.add(deed.product());
            }
        }
        return known;
    }
}

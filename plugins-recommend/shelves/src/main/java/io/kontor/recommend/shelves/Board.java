package io.kontor.recommend.shelves;

import io.kontor.api.KontorException;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Place;
import io.kontor.api.data.Product;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A list of products by something that is counted, the same for everybody or for all who look at one category or live in one place. */
abstract class Board implements TrainedRecommender<Leaders> {

    private final StoreData data;
    private final Within within;
    private final Words words;

    /**
     * Made for one store.
     *
     * @param data the store's data
     * @param within to what the list is held
     */
    Board(StoreData data, String within) {
        this.data = data;
        this.within = Within.of(within);
        this.words = new Words(data);
    }

    /**
     * Counts.
     *
     * @param part what was done
     * @return scores, and the numbers of the sentences
     */
    abstract Figures figures(Ledger.Part part);

    /**
     * Says why.
     *
     * @param words sentences
     * @param entry the product's standing
     * @return the reason
     */
    abstract Reason reason(Words words, Leaders.Entry entry);

    /**
     * What is missing when nothing is in the list.
     *
     * @return a sentence
     */
    abstract String missing();

    @Override
    public final Leaders train(Training training) {
        Ledger ledger = Ledger.read(training, within);
        Map<String, Figures> figures = new TreeMap<>();
        ledger.parts().forEach((place, part) -> {
            training.job().checkCancelled();
            figures.put(place, figures(part));
        });
        Leaders model = Leaders.of(Wares.read(training.data(), ledger.items()), figures);
        if (model.of("").isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, missing());
        }
        return model;
    }

    @Override
    public final void write(Leaders model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public final Leaders read(InputStream in) throws IOException {
        return Leaders.read(in);
    }

    @Override
    public final Ranking recommend(Leaders model, RecommendationRequest request) {
        String category = within == Within.CATEGORY ? category(data, request) : "";
        List<RankedItem> items = new ArrayList<>();
        for (Leaders.Entry entry : model.of(place(request))) {
            if (items.size() == request.n()) {
                break;
            }
            String product = model.wares().items().id(entry.product());
            if (Wares.below(model.wares().categories()[entry.product()], category) && request.eligible().test(product)) {
                items.add(new RankedItem(product, entry.score(), List.of(reason(words, entry))));
            }
        }
        return new Ranking(items);
    }

    private String place(RecommendationRequest request) {
        Place home = within.places() ? request.customer().map(data::place).orElse(Place.UNKNOWN) : Place.UNKNOWN;
        return within.place(home.country(), home.region());
    }

    /** The category of the product looked at, else of the latest of the visit or the history; empty when there is none. */
    static String category(StoreData data, RecommendationRequest request) {
        List<String> session = request.session();
        return request.product().or(() -> session.isEmpty() ? request.history().stream().findFirst().map(Interaction::product)
                : Optional.of(session.get(session.size() - 1))).flatMap(data::product).map(Product::category).orElse("");
    }
}

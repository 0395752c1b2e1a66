package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Place;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Recommended;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the lists of placements. Safe for use by many threads. */
@Component(service = PlacedAnswers.class)
public final class PlacedAnswers {

    private final FamilyPipeline pipeline;

    /**
     * A request to a placement.
     *
     * @param store the id of an existing store
     * @param definition the placement
     * @param sieve which products may be in the list
     * @param shelf the store's products
     * @param customer where the customer lives
     * @param request as plugins get it, but for what is eligible
     * @param named the one plugin to ask instead of the strategies; empty for them
     * @param locale the store's language
     * @param now when it is asked
     */
    record Wish(String store, Definition definition, Sieve sieve, Shelf shelf, Place customer, RecommendationRequest request,
            Optional<String> named, Locale locale, Instant now) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the plugins
     */
    @Activate
    public PlacedAnswers(@Reference FamilyPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * The list of a placement: never empty as long as a product of the catalogue passes the filters, and never with one that does not.
     *
     * @throws NoSuchElementException when the named plugin is not enabled
     */
    Answer<Recommended> answer(Wish wish, Trace trace) {
        return new PlacedRun(pipeline, wish, trace).answer();
    }

    /**
     * The given products in an order that the store's plugins and the shop agree on: by the sum of w/(60 + the plugins' rank) and
     * (1 - w)/(60 + the shop's rank), so that products which no plugin can rank keep their order among themselves.
     *
     * @param products in the shop's order, each once
     * @param weight w, 0 to 1
     * @throws NoSuchElementException when the named plugin is not enabled
     */
    Answer<Recommended> rerank(Wish wish, List<String> products, double weight, Trace trace) {
        return new PlacedRun(pipeline, wish, trace).rerank(products, weight);
    }
}

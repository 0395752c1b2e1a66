package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Interaction;
import io.kontor.api.data.Place;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.store.Store;
import io.kontor.platform.data.CustomerPlaces;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.data.Shelves;
import io.kontor.platform.decisions.CustomerBlocks;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.RecommendationDesk.Question;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts together what an answer needs to know: what the customer did, and which products may be shown. Safe for use by many threads. */
@Component(service = RequestParts.class)
public final class RequestParts {

    /** As many of a customer's deeds as plugins are told. */
    private static final int HISTORY = 2_000;
    /** As many as there are in memory. */
    private static final int ALL = 10_000;

    private final DataAccess data;
    private final Shelves shelves;
    private final CustomerPlaces places;
    private final CustomerBlocks blocks;
    private final Pseudonyms pseudonyms;

    /**
     * Made by Declarative Services.
     *
     * @param data histories and the catalogue
     * @param shelves what filters look at
     * @param places where customers live
     * @param blocks what customers do not want to see
     * @param pseudonyms what plugins call the customers
     */
    @Activate
    public RequestParts(@Reference DataAccess data, @Reference Shelves shelves, @Reference CustomerPlaces places,
            @Reference CustomerBlocks blocks, @Reference Pseudonyms pseudonyms) {
        this.data = data;
        this.shelves = shelves;
        this.places = places;
        this.blocks = blocks;
        this.pseudonyms = pseudonyms;
    }

    /** For whom a question is, always the same for one customer or visitor; empty when nobody can be recognised. */
    Optional<String> unit(String store, Question question) {
        return question.customer().map(customer -> pseudonyms.of(store, customer)).or(question::visitor);
    }

    /** What a strategy is chosen by. */
    double[] context(String store, Question question) {
        return VisitContext.of(question.customer().isPresent(), history(store, question).size(), question.session().size(),
                question.product().isPresent(), question.device(), Instant.now(), data.of(store).store().timeZone());
    }

    /** Words in a store's language. */
    PlacementWords words(String store) {
        return new PlacementWords(data.of(store).store().locale());
    }

    private List<Interaction> history(String store, Question question) {
        return question.customer().map(customer -> data.of(store).history(customer, ALL)).orElse(List.of());
    }

    /** What a customer has, as far as the shop knows: nobody rates what they do not. */
    private static Set<String> bought(List<Interaction> history) {
        Set<String> bought = new HashSet<>();
        for (Interaction each : history) {
            if (each.type() == Interaction.Type.PURCHASE || each.type() == Interaction.Type.RATING) {
                bought.add(each.product());
            }
        }
        return bought;
    }

    /**
     * A request that no placement answers.
     *
     * @param person whose blocks hold, also without consent to anything personal
     */
    RecommendationRequest request(String store, Question question, Optional<String> person) {
        Set<String> blocked = person.map(customer -> blocks.of(store, customer)).orElse(Set.of());
        return request(store, question, history(store, question), blocked);
    }

    /** The same when the records cannot be read. */
    RecommendationRequest withoutRecords(String store, Question question) {
        return request(store, question, List.of(), Set.of());
    }

    private RecommendationRequest request(String store, Question question, List<Interaction> history, Set<String> blocked) {
        Set<String> excluded = bought(history);
        excluded.addAll(question.session());
        question.product().ifPresent(excluded::add);
        excluded.addAll(blocked);
        Set<String> inactive = data.inactiveProducts(store);
        return request(store, question, history, product -> !excluded.contains(product) && !inactive.contains(product));
    }

    private RecommendationRequest request(String store, Question question, List<Interaction> history, Predicate<String> eligible) {
        Optional<String> pseudonym = question.customer().map(customer -> pseudonyms.of(store, customer));
        return new RecommendationRequest(question.placement(), pseudonym, question.product(), question.session(),
                history.size() <= HISTORY ? history : history.subList(0, HISTORY), question.n(), eligible);
    }

    /**
     * A request to a placement.
     *
     * @param person whose blocks hold, also without consent to anything personal
     * @param given the only products that are asked for; empty for all
     */
    PlacedAnswers.Wish wish(String store, Placement placement, Question question, Optional<String> person, Optional<Set<String>> given) {
        Store shop = data.of(store).store();
        Definition definition = Definition.of(placement, shop.timeZone());
        Shelf shelf = shelves.of(store);
        List<Interaction> history = history(store, question);
        Set<String> blocked = person.map(customer -> blocks.of(store, customer)).orElse(Set.of());
        Sieve sieve = new Sieve(definition, shelf, new Sieve.Barred(question.product(), Set.copyOf(question.session()), bought(history),
                blocked, data.inactiveProducts(store), given));
        Place place = definition.segmented() ? question.customer().map(customer -> places.of(store, customer))
                .orElse(Place.UNKNOWN) : Place.UNKNOWN;
        return new PlacedAnswers.Wish(store, definition, sieve, shelf, place, request(store, question, history, sieve), question.plugin(),
                shop.locale(), Instant.now());
    }
}

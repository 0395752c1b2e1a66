package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.Answer;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the store's recommenders. Safe for use by many threads. */
@Component(service = RecommendPipeline.class)
public final class RecommendPipeline {

    private final FamilyPipeline pipeline;
    private final Function<String, Locale> language;

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the plugins of a family
     * @param data knows the stores
     */
    @Activate
    public RecommendPipeline(@Reference FamilyPipeline pipeline, @Reference DataAccess data) {
        this(pipeline, store -> data.of(store).store().locale());
    }

    /** With the languages of the stores. */
    RecommendPipeline(FamilyPipeline pipeline, Function<String, Locale> language) {
        this.pipeline = pipeline;
        this.language = language;
    }

    /**
     * Answers.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param request what is asked
     * @throws NoSuchElementException when the named plugin is not enabled
     * @throws KontorException of kind CONFIGURATION when there is nobody to be asked, of kind CAPACITY when nobody answered
     */
    Answer<Ranking> ask(String store, Optional<String> named, RecommendationRequest request) {
        return pipeline.ask(new RecommendAsked(store, named, request, language.apply(store)));
    }

    /** The earlier answer alone, when the question cannot even be put together; the reason is the end of a sentence. */
    Optional<Answer<Ranking>> lastAnswer(String store, Optional<String> named, RecommendationRequest request, String reason) {
        return pipeline.lastAnswer(new RecommendAsked(store, named, request, language.apply(store)), reason);
    }
}

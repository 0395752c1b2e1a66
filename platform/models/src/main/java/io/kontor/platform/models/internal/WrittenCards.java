package io.kontor.platform.models.internal;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Slice;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelCard;
import io.kontor.platform.models.ModelCard.Kind;
import io.kontor.platform.models.ModelCard.Limit;
import io.kontor.platform.models.ModelCards;
import io.kontor.platform.models.ModelVersion;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds the limits of a model in its provenance and evaluation, and puts them into words. */
@Component(service = ModelCards.class)
public final class WrittenCards implements ModelCards {

    private static final int FEW_CASES = 100;
    private static final int SMALL_SLICE = 30;
    private static final Duration OLD = Duration.ofDays(30);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int CHANGES = 500;

    private final DatabaseModelRegistry registry;

    /**
     * Made by Declarative Services.
     *
     * @param registry has the models
     */
    @Activate
    public WrittenCards(@Reference DatabaseModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<ModelCard> of(String store, String id, Locale locale) {
        return registry.find(store, id).map(model -> new ModelCard(model, registry.decision(store, id).orElseThrow(),
                limits(model, Instant.now(), new Words(locale)), history(model)));
    }

    private List<AliasChange> history(ModelVersion model) {
        return registry.history(model.store(), model.provenance().plugin(), Long.MAX_VALUE, CHANGES).stream()
                .filter(change -> isOf(change.from(), model) || isOf(change.to(), model)).toList();
    }

    private static boolean isOf(AliasChange.Model changed, ModelVersion model) {
        return changed != null && changed.id().equals(model.id());
    }

    /** Sentences in a language. */
    private record Words(ResourceBundle texts, Locale locale) {

        Words(Locale locale) {
            this(ResourceBundle.getBundle("OSGI-INF/l10n/modelcard", locale.getLanguage().equals("zh") ? Locale.CHINESE : Locale.ROOT,
                    WrittenCards.class.getClassLoader(), ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)),
                    locale);
        }

        Limit limit(Kind kind, Object... values) {
            return new Limit(kind, new MessageFormat(texts.getString(kind.name()), locale).format(values));
        }
    }

    /**
     * What to mind of a model.
     *
     * @param model the model
     * @param now the present moment
     * @param locale the language
     * @return limits, the gravest first
     */
    static List<Limit> limits(ModelVersion model, Instant now, Locale locale) {
        return limits(model, now, new Words(locale));
    }

    private static List<Limit> limits(ModelVersion model, Instant now, Words words) {
        List<Limit> limits = new ArrayList<>();
        Evaluation own = model.evaluation();
        if (own == null) {
            limits.add(words.limit(Kind.UNJUDGED));
        } else {
            judged(model, own, limits, words);
        }
        SnapshotInfo snapshot = model.provenance().snapshot();
        Instant end = snapshot.to() == null ? model.provenance().trainedAt() : snapshot.to();
        long age = Duration.between(end, now).toDays();
        if (age > OLD.toDays()) {
            limits.add(words.limit(Kind.STALE, age));
        }
        if (snapshot.from() != null && Duration.between(snapshot.from(), end).compareTo(YEAR) < 0) {
            limits.add(words.limit(Kind.SHORT, Duration.between(snapshot.from(), end).toDays()));
        }
        limits.add(words.limit(Kind.UNSEEN, end.atZone(ZoneOffset.UTC).toLocalDate().toString()));
        return limits;
    }

    private static void judged(ModelVersion model, Evaluation own, List<Limit> limits, Words words) {
        own.suspects().forEach(suspect -> limits.add(words.limit(Kind.LEAK, suspect.definition(), number(suspect.auc()))));
        if (model.differences().containsKey(ModelVersion.BASELINE)) {
            int sign = model.differences().get(ModelVersion.BASELINE).sign();
            if (own.higherIsBetter() ? sign < 0 : sign > 0) {
                limits.add(words.limit(Kind.WORSE_THAN_BASELINE, own.primary(), number(own.score()), number(model.baseline().score())));
            }
        } else {
            limits.add(words.limit(Kind.NO_BASELINE));
        }
        if (own.cases() < FEW_CASES) {
            limits.add(words.limit(Kind.FEW_CASES, own.cases()));
        }
        for (Slice slice : own.slices()) {
            Interval interval = slice.intervals().get(own.primary());
            Double value = slice.metrics().get(own.primary());
            boolean weak = interval != null && value != null
                    && (own.higherIsBetter() ? interval.high() < own.score() : interval.low() > own.score());
            if (weak) {
                limits.add(words.limit(Kind.WEAK_SLICE, slice.dimension(), slice.segment(), own.primary(), number(value), number(own.score())));
            } else if (slice.cases() < SMALL_SLICE) {
                limits.add(words.limit(Kind.SMALL_SLICE, slice.dimension(), slice.segment(), slice.cases()));
            }
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}

package io.kontor.recommend.content;

import io.kontor.api.KontorException;
import io.kontor.api.choice.AsymmetricCosine;
import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Items;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.Trials;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Vocabulary;
import io.kontor.api.content.Words;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.feature.TextEncoder;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Learns a {@link Taste}. How being alike and being chosen together are put together is what finds hidden choices best. For one thread. */
final class Learning {

    private static final int NEIGHBOURS = 100;
    private static final double SHRINKAGE = 10;
    private static final double HIDDEN = 0.2;
    private static final int MOST_HIDDEN = 600;
    private static final int PART = 256;
    private static final int MOST_ENCODED = 50_000;
    private static final List<Double> CONTENT = List.of(0.1, 0.02, 0.05, 0.2, 0.5, 1.0, 3.0);
    private static final List<Double> MEANING = List.of(0.5, 0.0, 1.0, 2.0);
    private static final List<Double> POPULARITY = List.of(0.0, 0.1, 0.2, 0.35);

    private final Training training;
    private final Choices choices;
    private final Map<String, Terms> texts = new LinkedHashMap<>();
    private final Map<String, String> sentences = new LinkedHashMap<>();
    private final Optional<TextEncoder> encoder;

    /**
     * Reads records.
     *
     * @param training the data, the seed and the job
     * @param halfLifeDays after how many days a choice counts half
     * @param encoder gives texts a place; empty to do with words
     */
    Learning(Training training, int halfLifeDays, Optional<TextEncoder> encoder) {
        this.training = training;
        this.encoder = encoder;
        choices = Choices.read(training, halfLifeDays);
        training.data().read(Entity.PRODUCTS, batch -> {
            training.job().checkCancelled();
            read(batch);
        });
    }

    private void read(ColumnBatch batch) {
        String[] ids = batch.texts("id");
        String[] titles = batch.texts("title");
        String[] categories = batch.texts("category");
        String[] brands = batch.texts("brand");
        Words.each(batch, (words, row) -> {
            texts.put(ids[row], words.terms());
            if (encoder.isPresent()) {
                sentences.put(ids[row], Words.sentence(titles[row], categories[row], brands[row]));
            }
        });
    }

    /**
     * Learns.
     *
     * @return the model
     */
    Taste learn() {
        Items items = items();
        Vocabulary vocabulary = Vocabulary.of(texts.values());
        List<Terms> said = new ArrayList<>();
        for (int product = 0; product < items.size(); product++) {
            said.add(vocabulary.weighed(texts.getOrDefault(items.id(product), Terms.NONE)));
        }
        float[] popularity = popularity(choices.matrix());
        Meanings meanings = meanings(items);
        Blend blend = blend(said.subList(0, popularity.length), meanings);
        Optional<Neighbours> together = together(choices, new PartOfJob(training.job(), 0.7, 0.9, "Learning"));
        SparseMatrix matrix = Terms.matrix(said, Words.BUCKETS);
        Kinship kinship = new Kinship(matrix.transposed(), meanings, popularity.length);
        SparseMatrix borrowed = Terms.matrix(nearest(kinship, said, meanings, popularity.length), popularity.length);
        return new Taste(items, choices.counting(), together, vocabulary, matrix, meanings, borrowed, popularity, blend);
    }

    private Items items() {
        List<String> ids = new ArrayList<>();
        for (int product = 0; product < choices.items().size(); product++) {
            ids.add(choices.items().id(product));
        }
        texts.keySet().stream().filter(id -> choices.items().indexOf(id) < 0).forEach(ids::add);
        return new Items(ids.toArray(String[]::new));
    }

    private static float[] popularity(SparseMatrix matrix) {
        float[] counts = new float[matrix.columns()];
        Arrays.fill(counts, 1);
        for (int at = 0; at < matrix.size(); at++) {
            counts[matrix.column(at)]++;
        }
        float most = 0;
        for (float count : counts) {
            most = Math.max(most, count);
        }
        for (int product = 0; product < counts.length; product++) {
            counts[product] /= most;
        }
        return counts;
    }

    // Empty when no two products were chosen by anybody: then what is said of them has to do.
    private static Optional<Neighbours> together(Choices choices, JobContext job) {
        try {
            return Optional.of(new AsymmetricCosine(choices, NEIGHBOURS, SHRINKAGE).learn(job));
        } catch (KontorException e) {
            if (e.kind() != KontorException.Kind.DATA) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Blend blend(List<Terms> said, Meanings meanings) {
        ChoiceHoldout holdout = choices.holdOut(HIDDEN, MOST_HIDDEN, training.seed());
        Choices rest = holdout.rest();
        JobContext job = new PartOfJob(training.job(), 0.3, 0.7, "Weighing texts and choices");
        Optional<Neighbours> together = together(rest, job);
        Kinship kinship = new Kinship(Terms.matrix(said, Words.BUCKETS).transposed(), meanings, said.size());
        float[] popularity = popularity(rest.matrix());
        Trials<Blend> trials = new Trials<>(blend -> holdout.ndcg((chosen, weights, scores) -> {
            for (int i = 0; i < chosen.length; i++) {
                int source = chosen[i];
                float weight = weights[i];
                together.ifPresent(pairs -> pairs.add(source, weight, scores));
                kinship.add(said.get(source), (float) (weight * blend.content()), scores);
            }
            addMeanings(meanings, chosen, weights, (float) (blend.content() * blend.meaning()), scores);
            for (int product = 0; product < scores.length && blend.popularity() > 0; product++) {
                scores[product] *= scores[product] == 0 ? 1 : blend.factor(popularity[product]);
            }
        }, job), training.job());
        double content = trials.best(CONTENT.stream().map(each -> new Blend(each, 0, 0)).toList()).content();
        double meaning = meanings.size() == 0 ? 0
                : trials.best(MEANING.stream().map(each -> new Blend(content, each, 0)).toList()).meaning();
        return trials.best(POPULARITY.stream().map(each -> new Blend(content, meaning, each)).toList());
    }

    private static void addMeanings(Meanings meanings, int[] chosen, float[] weights, float weight, float[] scores) {
        if (weight > 0 && meanings.size() > 0) {
            float[] middle = new float[meanings.size()];
            for (int i = 0; i < chosen.length; i++) {
                float[] place = meanings.of(chosen[i]);
                for (int d = 0; d < middle.length; d++) {
                    middle[d] += weights[i] * place[d];
                }
            }
            meanings.add(middle, weight, scores);
        }
    }

    // None when the catalogue is too large to be read text by text, or no product has a text.
    private Meanings meanings(Items items) {
        List<Supplier<float[]>> parts = new ArrayList<>();
        boolean any = false;
        for (int product = 0; product < items.size() && encoder.isPresent(); product++) {
            String sentence = sentences.getOrDefault(items.id(product), "");
            any |= !sentence.isBlank();
            parts.add(() -> {
                training.job().checkCancelled();
                return sentence.isBlank() ? null : encoder.get().encode(sentence);
            });
        }
        if (!any || parts.size() > MOST_ENCODED) {
            encoder.filter(one -> parts.size() > MOST_ENCODED).ifPresent(one -> training.job().log(
                    "Texts are compared by words alone, as there are more than " + MOST_ENCODED + " products."));
            return Meanings.NONE;
        }
        return Meanings.of(encoder.get().name(), training.job().all(parts));
    }

    private List<Terms> nearest(Kinship kinship, List<Terms> said, Meanings meanings, int chosen) {
        List<Supplier<List<Terms>>> parts = new ArrayList<>();
        for (int from = chosen; from < said.size(); from += PART) {
            int begin = from;
            int end = Math.min(said.size(), from + PART);
            parts.add(() -> IntStream.range(begin, end).mapToObj(product -> kinship.nearest(said.get(product), meanings.of(product)))
                    .toList());
        }
        List<Terms> all = new ArrayList<>();
        training.job().all(parts).forEach(all::addAll);
        return all;
    }
}

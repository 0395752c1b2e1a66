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
import io.kontor.api.data.Pictures;
import io.kontor.api.feature.TextEncoder;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Learns a {@link Taste}. How being alike and being chosen together are put together is what finds hidden choices best. For one thread. */
final class Learning {

    private static final int NEIGHBOURS = 100;
    private static final double SHRINKAGE = 10;
    private static final double HIDDEN = 0.2;
    private static final int MOST_HIDDEN = 600;
    private static final int PART = 256;
    private static final int MOST_ENCODED = 50_000;
    /** A look takes 372 bytes, and the same again while the model is made. */
    private static final int MOST_SEEN = 500_000;
    private static final List<Double> CONTENT = List.of(0.1, 0.02, 0.05, 0.2, 0.5, 1.0, 3.0);
    private static final List<Double> MEANING = List.of(0.5, 0.0, 1.0, 2.0);
    private static final List<Double> LOOK = List.of(0.0, 0.25, 0.5, 1.0, 2.0, 4.0);
    private static final double UNJUDGED_LOOK = 0.5;
    private static final List<Double> KIN = List.of(0.0, 0.25, 0.5, 1.0, 2.0);
    private static final int MOST_TAKEN_FOR_NEW = 500;
    private static final int MOST_NAMED = 5;
    private static final int LONGEST_NAMED = 100;
    private static final List<Double> POPULARITY = List.of(0.0, 0.1, 0.2, 0.35);

    private final Training training;
    private final Choices choices;
    private final Map<String, Terms> texts = new LinkedHashMap<>();
    private final Map<String, String> sentences = new LinkedHashMap<>();
    private final Optional<TextEncoder> encoder;
    private final Pictures pictures;
    private final Looks looks;
    private final Map<String, String> shown = new HashMap<>();
    private final List<String> missing = new ArrayList<>();
    private int without;

    /**
     * Reads records.
     *
     * @param training the data, the seed and the job
     * @param halfLifeDays after how many days a choice counts half
     * @param encoder gives texts a place; empty to do with words
     * @param pictures which pictures of products there are
     * @param looks tells what they look like
     */
    Learning(Training training, int halfLifeDays, Optional<TextEncoder> encoder, Pictures pictures, Looks looks) {
        this.training = training;
        this.encoder = encoder;
        this.pictures = pictures;
        this.looks = looks;
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
        String[] images = batch.texts("imageUrl");
        Words.each(batch, (words, row) -> {
            texts.put(ids[row], words.terms());
            if (encoder.isPresent()) {
                sentences.put(ids[row], Words.sentence(titles[row], categories[row], brands[row]));
            }
            if (images[row] != null && pictures.size() > 0) {
                show(ids[row], images[row]);
            }
        });
    }

    private void show(String product, String imageUrl) {
        Optional<String> key = pictures.key(imageUrl);
        if (key.isPresent()) {
            shown.put(product, key.get());
        } else {
            missed(imageUrl);
        }
    }

    private void missed(String imageUrl) {
        without++;
        if (missing.size() < MOST_NAMED) {
            missing.add(imageUrl.substring(0, Math.min(LONGEST_NAMED, imageUrl.length())).replaceAll("\\p{C}", " "));
        }
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
        Space meanings = meanings(items);
        Space seen = looks(items);
        SparseMatrix matrix = Terms.matrix(said, Words.BUCKETS);
        Optional<Neighbours> together = together(choices, new PartOfJob(training.job(), 0.3, 0.5, "Learning"));
        Kinship kinship = new Kinship(matrix, meanings, seen, 0, popularity);
        Blend blend = training.findings().once(Blend.class, () -> blend(said.subList(0, popularity.length), meanings, seen)
                .withKin(kin(kinship, said, meanings, seen, together)));
        SparseMatrix borrowed = Terms.matrix(nearest(kinship.withLook(blend.kin()), said, meanings, seen, popularity.length),
                popularity.length);
        return new Taste(items, choices.counting(), together, vocabulary, matrix, meanings, seen, borrowed, popularity, blend);
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

    private Blend blend(List<Terms> said, Space meanings, Space seen) {
        ChoiceHoldout holdout = choices.holdOut(HIDDEN, MOST_HIDDEN, training.seed());
        Choices rest = holdout.rest();
        JobContext job = new PartOfJob(training.job(), 0.5, 0.9, "Weighing texts, pictures and choices");
        Optional<Neighbours> together = together(rest, job);
        SparseMatrix byTerm = Terms.matrix(said, Words.BUCKETS).transposed();
        float[] popularity = popularity(rest.matrix());
        Trials<Blend> trials = new Trials<>(blend -> holdout.ndcg((chosen, weights, scores) -> {
            for (int i = 0; i < chosen.length; i++) {
                int source = chosen[i];
                float weight = weights[i];
                together.ifPresent(pairs -> pairs.add(source, weight, scores));
                Kinship.add(byTerm, said.get(source), (float) (weight * blend.content()), scores, 0);
            }
            add(meanings, chosen, weights, (float) (blend.content() * blend.meaning()), scores);
            add(seen, chosen, weights, (float) (blend.content() * blend.look()), scores);
            for (int product = 0; product < scores.length && blend.popularity() > 0; product++) {
                scores[product] *= scores[product] == 0 ? 1 : blend.factor(popularity[product]);
            }
        }, job), training.job());
        Blend best = trials.best(CONTENT.stream().map(each -> new Blend(each, 0, 0, 0, 0)).toList());
        if (meanings.size() > 0) {
            best = trials.best(MEANING.stream().map(best::withMeaning).toList());
        }
        if (seen.size() > 0) {
            // Pictures have to help: of equal ones the first is taken, which is to do without them.
            best = holdout.cases() == 0 ? best.withLook(UNJUDGED_LOOK) : trials.best(LOOK.stream().map(best::withLook).toList());
            best = best.look() == 0 ? best : trials.best(Stream.concat(Stream.of(best.content()), CONTENT.stream()).map(best::withContent)
                    .toList());
        }
        return trials.best(POPULARITY.stream().map(best::withPopularity).toList());
    }

    private static void add(Space space, int[] chosen, float[] weights, float weight, float[] scores) {
        if (weight > 0 && space.size() > 0) {
            float[] middle = new float[space.size()];
            for (int i = 0; i < chosen.length; i++) {
                float[] place = space.of(chosen[i]);
                for (int d = 0; d < middle.length; d++) {
                    middle[d] += weights[i] * place[d];
                }
            }
            space.add(middle, weight, scores);
        }
    }

    // Some products that were chosen are taken for new ones: what counts is how much those they would borrow from were chosen together with
    // them.
    private double kin(Kinship kinship, List<Terms> said, Space meanings, Space seen, Optional<Neighbours> together) {
        if (seen.size() == 0 || together.isEmpty()) {
            return seen.size() == 0 ? 0 : 1;
        }
        int chosen = choices.items().size();
        int step = Math.max(1, chosen / MOST_TAKEN_FOR_NEW);
        List<Supplier<double[]>> parts = new ArrayList<>();
        for (int from = 0; from < chosen; from += step) {
            int product = from;
            parts.add(() -> kinds(kinship, product, kinship.said(said.get(product), meanings.of(product)), kinship.shown(seen.of(product)),
                    together.get()));
        }
        double[] sums = new double[KIN.size()];
        for (double[] part : training.job().all(parts)) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += part[i] / parts.size();
            }
        }
        int best = 0;
        for (int i = 0; i < sums.length; i++) {
            training.job().log(String.format(Locale.ROOT, "Pictures count %s in finding what a new product is like: %.4f", KIN.get(i), sums[i]));
            best = sums[i] > sums[best] ? i : best;
        }
        return KIN.get(best);
    }

    private static double[] kinds(Kinship kinship, int product, float[] said, float[] shown, Neighbours together) {
        double[] kinds = new double[KIN.size()];
        float[] alike = new float[shown.length];
        for (int i = 0; i < kinds.length; i++) {
            for (int other = 0; other < alike.length; other++) {
                alike[other] = said[other] + (float) (KIN.get(i) * shown[other]);
            }
            Terms lenders = kinship.nearest(alike, product);
            for (int one = 0; one < lenders.size(); one++) {
                kinds[i] += lenders.weights()[one] * together.similarity(product, lenders.buckets()[one]);
            }
        }
        return kinds;
    }

    // None when the catalogue is too large, or no product has a picture. Looks are held in bytes.
    private Space looks(Items items) {
        if (items.size() > MOST_SEEN && !shown.isEmpty()) {
            training.job().log("Pictures are left out, as there are more than " + MOST_SEEN + " products.");
            return Space.NONE;
        }
        JobContext job = new PartOfJob(training.job(), 0, 0.3, "Looking at pictures");
        List<Supplier<byte[][]>> parts = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        for (int from = 0; from < items.size() && !shown.isEmpty(); from += PART) {
            int begin = from;
            byte[][] part = new byte[Math.min(PART, items.size() - from)][];
            parts.add(() -> {
                for (int i = 0; i < part.length; i++) {
                    job.checkCancelled();
                    String key = shown.get(items.id(begin + i));
                    part[i] = key == null ? null : look(key);
                    job.progress((double) done.incrementAndGet() / items.size(), "Looking at pictures");
                }
                return part;
            });
        }
        List<byte[][]> seen = job.all(parts);
        int there = (int) seen.stream().flatMap(Arrays::stream).filter(Objects::nonNull).count();
        tellMissing(there);
        return there == 0 ? Space.NONE : Space.of(Look.NAME, items.size(), product -> {
            byte[] look = seen.get(product / PART)[product % PART];
            return look == null ? null : Looks.unpacked(look);
        });
    }

    private byte[] look(String key) {
        try {
            return looks.of(key).orElse(null);
        } catch (KontorException e) {
            training.job().log("A picture cannot be looked at: " + e.getMessage());
            return null;
        }
    }

    private void tellMissing(int there) {
        if (there > 0) {
            training.job().log("Pictures of " + there + " products were looked at.");
        }
        if (without > 0) {
            training.job().log(without + " products name a picture that was not uploaded, such as " + String.join(", ", missing) + ".");
        }
    }

    // None when the catalogue is too large to be read text by text, or no product has a text.
    private Space meanings(Items items) {
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
            return Space.NONE;
        }
        List<float[]> vectors = training.job().all(parts);
        return Space.of(encoder.get().name(), items.size(), vectors::get);
    }

    private List<Terms> nearest(Kinship kinship, List<Terms> said, Space meanings, Space seen, int chosen) {
        List<Supplier<List<Terms>>> parts = new ArrayList<>();
        for (int from = chosen; from < said.size(); from += PART) {
            int begin = from;
            int end = Math.min(said.size(), from + PART);
            parts.add(() -> IntStream.range(begin, end).mapToObj(product -> kinship.nearest(said.get(product), meanings.of(product),
                    seen.of(product)))
                    .toList());
        }
        List<Terms> all = new ArrayList<>();
        training.job().all(parts).forEach(all::addAll);
        return all;
    }
}

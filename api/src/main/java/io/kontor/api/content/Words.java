package io.kontor.api.content;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.feature.Grams;
import io.kontor.api.feature.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;

/**
 * What is said of one product, as weights in buckets: words of its title and description (Han characters in pairs), its category and those
 * above, its brand and attributes. For one thread.
 */
public final class Words {

    /** How many buckets there are. */
    public static final int BUCKETS = 1 << 17;

    private static final float TITLE = 1;
    private static final float DESCRIPTION = 0.3f;
    private static final float CATEGORY = 1;
    private static final float BRAND = 1;
    private static final float ATTRIBUTE = 0.7f;
    private static final int LONGEST = 4_000;

    private int[] buckets = new int[64];
    private float[] weights = new float[64];
    private int size;

    /** Nothing said yet. */
    public Words() {
        // The arrays are there.
    }

    /**
     * Reads what is said of products.
     *
     * @param products some rows of the catalogue
     * @param taker gets the words of each row and its place in the batch
     */
    public static void each(ColumnBatch products, ObjIntConsumer<Words> taker) {
        String[] titles = products.texts("title");
        String[] descriptions = products.texts("description");
        String[] categories = products.texts("category");
        String[] brands = products.texts("brand");
        List<String> names = List.copyOf(products.attributes());
        String[][] attributes = names.stream().map(products::texts).toArray(String[][]::new);
        for (int row = 0; row < products.size(); row++) {
            Words words = new Words().title(titles[row]).description(descriptions[row]).category(categories[row]).brand(brands[row]);
            for (int a = 0; a < attributes.length; a++) {
                words.attribute(names.get(a), attributes[a][row]);
            }
            taker.accept(words, row);
        }
    }

    /**
     * Takes a title.
     *
     * @param title may be null
     * @return this
     */
    public Words title(String title) {
        return text(title, TITLE);
    }

    /**
     * Takes a description.
     *
     * @param description may be null
     * @return this
     */
    public Words description(String description) {
        return text(description, DESCRIPTION);
    }

    /**
     * The same as one sentence, for an encoder.
     *
     * @param title may be null
     * @param category a path, of which the last part is taken; may be null
     * @param brand may be null
     * @return what there is, with commas between; empty when there is nothing
     */
    public static String sentence(String title, String category, String brand) {
        StringBuilder sentence = new StringBuilder();
        for (String part : new String[] {title, category == null ? null : category.substring(category.lastIndexOf('/') + 1), brand}) {
            if (part != null && !part.isBlank()) {
                sentence.append(sentence.isEmpty() ? "" : ", ").append(part.strip());
            }
        }
        return sentence.length() <= LONGEST ? sentence.toString() : sentence.substring(0, LONGEST);
    }

    private Words text(String text, float weight) {
        if (text != null) {
            Grams.each(text.length() <= LONGEST ? text : text.substring(0, LONGEST), 1, hash -> add(hash, weight));
        }
        return this;
    }

    /**
     * Takes a category and those above it, each for itself.
     *
     * @param path its names from the top, with slashes between; may be null
     * @return this
     */
    public Words category(String path) {
        if (path != null && path.length() <= LONGEST) {
            for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
                token("category:" + path.substring(0, end), CATEGORY);
            }
            token(path.isBlank() ? "" : "category:" + path, CATEGORY);
        }
        return this;
    }

    /**
     * Takes a brand.
     *
     * @param brand may be null
     * @return this
     */
    public Words brand(String brand) {
        return token(brand == null || brand.isBlank() ? "" : "brand:" + brand.toLowerCase(Locale.ROOT), BRAND);
    }

    /**
     * Takes an attribute.
     *
     * @param name of the attribute
     * @param value may be null
     * @return this
     */
    public Words attribute(String name, String value) {
        return token(value == null || value.isBlank() || value.length() > LONGEST ? "" : name + "=" + value, ATTRIBUTE);
    }

    private Words token(String token, float weight) {
        if (!token.isEmpty()) {
            add(Hashes.of(token), weight);
        }
        return this;
    }

    private void add(long hash, float weight) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        buckets[size] = Hashes.bucket(hash, BUCKETS);
        weights[size++] = weight;
    }

    /**
     * The sums.
     *
     * @return each bucket once, in order; what is said often counts by 1 + the logarithm
     */
    public Terms terms() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = (long) buckets[i] << 32 | i;
        }
        Arrays.sort(order);
        int[] terms = new int[size];
        float[] sums = new float[size];
        int count = 0;
        for (long one : order) {
            int bucket = (int) (one >>> 32);
            if (count == 0 || terms[count - 1] != bucket) {
                terms[count++] = bucket;
            }
            sums[count - 1] += weights[(int) one];
        }
        for (int i = 0; i < count; i++) {
            sums[i] = sums[i] <= 1 ? sums[i] : (float) (1 + Math.log(sums[i]));
        }
        return new Terms(Arrays.copyOf(terms, count), Arrays.copyOf(sums, count));
    }
}

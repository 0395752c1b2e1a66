package io.kontor.platform.testkit.data;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Purchases with a known truth: each customer belongs to a group with a taste of its own and buys mostly products of that group, popular ones
 * more often (by Zipf's law), some by chance. A recommender that learns who buys what beats popularity here; one that learns nothing does not.
 */
public final class TasteGroups {

    private static final double BY_CHANCE = 0.15;
    private static final int HISTORY = 500;
    private static final int ASKED = 10;
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private TasteGroups() {
    }

    /**
     * The group of a customer or product.
     *
     * @param name as the generator names them
     * @return the group's number
     */
    public static int group(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf('-')));
    }

    /**
     * Generates a store. Customers are named {@code cGROUP-NUMBER}, products {@code pGROUP-NUMBER}.
     *
     * @param groups how many tastes
     * @param customers customers a group
     * @param products products a group
     * @param purchases purchases a customer
     * @param seed the same seed gives the same store
     * @return the store
     */
    public static SampleStore generate(int groups, int customers, int products, int purchases, long seed) {
        Random random = new Random(seed);
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int group = 0; group < groups; group++) {
            for (int product = 0; product < products; product++) {
                store.product("p" + group + "-" + product, "Product " + product + " of group " + group, 10 + product);
            }
        }
        for (int purchase = 0; purchase < purchases; purchase++) {
            for (int customer = 0; customer < groups * customers; customer++) {
                int own = customer % groups;
                int group = random.nextDouble() < BY_CHANCE ? random.nextInt(groups) : own;
                int product = (int) Math.floor(Math.pow(products, random.nextDouble())) - 1;
                store.purchase("c" + own + "-" + customer / groups, "p" + group + "-" + product,
                        START.plus(Duration.ofMinutes((long) purchase * groups * customers + customer)));
            }
        }
        return store;
    }

    /**
     * How much of what customers get recommended is to their taste: ten products for each customer of a generated store, none of those that
     * they have.
     *
     * @param plugin the recommender
     * @param model what it learned from the store
     * @param store a store that was generated here
     * @param groups how many tastes
     * @param customers customers a group
     * @param <M> its models
     * @return the share of products of the customer's own group, 0 to 1; popularity alone gets one over the number of groups
     */
    public static <M> double ownShare(TrainedRecommender<M> plugin, M model, SampleStore store, int groups, int customers) {
        int own = 0;
        int all = 0;
        for (int i = 0; i < groups * customers; i++) {
            int group = i % groups;
            List<Interaction> history = store.history("c" + group + "-" + i / groups, HISTORY);
            for (RankedItem item : plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(),
                    List.of(), history, ASKED, product -> history.stream().noneMatch(deed -> deed.product().equals(product)))).items()) {
                own += group(item.product()) == group ? 1 : 0;
                all++;
            }
        }
        return all == 0 ? 0 : (double) own / all;
    }
}

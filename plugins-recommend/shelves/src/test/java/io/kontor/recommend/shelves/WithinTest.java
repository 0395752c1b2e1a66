package io.kontor.recommend.shelves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.platform.testkit.data.SampleStore;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists that are held to a category or a place. */
class WithinTest {

    /** Settings as the operator may give them. */
    record Given(int days, String within) implements BestSellers.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return BestSellers.Settings.class;
        }
    }

    private static SampleStore store() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (String[] row : new String[][] {{"tea", "food/drinks"}, {"juice", "food/drinks/cold"}, {"bread", "food"},
            {"drinksbar", "food/drinksbar"}}) {
            store.product(Map.of("id", row[0], "category", row[1]));
        }
        for (String[] row : new String[][] {{"anna", "CN", "Zhejiang"}, {"bert", "DE", "Berlin"}, {"carl", "FR", ""}}) {
            store.add(Entity.CUSTOMERS, Map.of("id", row[0], "country", row[1], "region", row[2]));
        }
        for (int i = 0; i < 150; i++) {
            store.purchase("anna", i % 3 == 0 ? "juice" : "tea", Busy.TIME).purchase("bert", i % 3 == 0 ? "tea" : "bread", Busy.TIME);
        }
        return store.purchase("carl", "drinksbar", Busy.TIME);
    }

    private static List<String> list(String within, String customer, String product) {
        SampleStore store = store();
        BestSellers plugin = new BestSellers(new Given(30, within), store);
        return Busy.products(plugin.recommend(plugin.train(store.training(1)),
                customer.isEmpty() ? Busy.about(product) : Busy.of(customer)));
    }

    @Test
    void everythingIsTheSameForEverybody() {
        assertEquals(List.of("tea", "bread", "juice", "drinksbar"), list(Within.ALL, "anna", ""));
        assertEquals(List.of("tea", "bread", "juice", "drinksbar"), list(Within.ALL, "bert", ""));
    }

    @Test
    void aCategoryIsThatOfTheProductAndThoseBelowIt() {
        assertEquals(List.of("juice"), list(Within.SAME_CATEGORY, "", "tea"));
        assertEquals(List.of("tea", "juice", "drinksbar"), list(Within.SAME_CATEGORY, "", "bread"));
        assertEquals(List.of("tea", "bread", "juice", "drinksbar"), list(Within.SAME_CATEGORY, "anna", ""), "there is no product");
    }

    @Test
    void aPlaceIsThatOfTheCustomerWhereItHasEnoughRecords() {
        assertEquals(List.of("tea", "juice"), list(Within.SAME_COUNTRY, "anna", ""));
        assertEquals(List.of("bread", "tea"), list(Within.SAME_REGION, "bert", ""));
        assertEquals(4, list(Within.SAME_COUNTRY, "carl", "").size(), "one purchase is not enough for a list of its own");
        assertEquals(4, list(Within.SAME_COUNTRY, "nobody", "").size());
    }
}

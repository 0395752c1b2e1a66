package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Product;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Finding products by what people call them. */
class CatalogueTest {

    private static List<String> ids(List<Product> products) {
        return products.stream().map(Product::id).toList();
    }

    private static StoreCatalogue filled(Bench bench) throws IOException {
        bench.load(Entity.PRODUCTS, "id,title,category,brand,price,cost,active", "p1,Green Tea,drinks/tea,Leaf,4.5,2,true",
                "p2,100% Juice,drinks,Orchard,3,,true", "p3,Teapot,kitchen,Leaf,20,9,false", "p4,绿茶,饮料,,5,,");
        return new StoreCatalogue(bench.database);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void findsProductsByAPartOfTitleIdBrandOrCategoryWhateverTheCase(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreCatalogue catalogue = filled(bench);
            assertEquals(List.of("p1", "p3"), ids(catalogue.search("shop", "TEA", "", 10)));
            assertEquals(List.of("p1", "p3"), ids(catalogue.search("shop", "leaf", "", 10)));
            assertEquals(List.of("p4"), ids(catalogue.search("shop", "茶", "", 10)));
            assertEquals(List.of("p2"), ids(catalogue.search("shop", "P2", "", 10)));
            assertEquals(List.of(), ids(catalogue.search("other", "tea", "", 10)));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void takesSignsOfPatternsLiterally(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreCatalogue catalogue = filled(bench);
            assertEquals(List.of("p2"), ids(catalogue.search("shop", "0%", "", 10)));
            assertEquals(List.of(), ids(catalogue.search("shop", "_", "", 10)));
            assertEquals(List.of(), ids(catalogue.search("shop", "'!", "", 10)));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void goesOnAfterAProductAndTellsAllOfIt(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreCatalogue catalogue = filled(bench);
            assertEquals(List.of("p1", "p2"), ids(catalogue.search("shop", "", "", 2)));
            List<Product> rest = catalogue.search("shop", "", "p2", 2);
            assertEquals(List.of("p3", "p4"), ids(rest));
            assertEquals(new Product("p3", "Teapot", "kitchen", "Leaf", 20, 9, false), rest.get(0));
            assertFalse(Double.isFinite(rest.get(1).cost()));
            assertThrows(IllegalArgumentException.class, () -> catalogue.search("shop", "", "", 501));
        }
    }
}

package io.kontor.platform.stores.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.StoreListener;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The stores in the database, and who hears of them. */
class StoreTableTest {

    private static final Store TOKYO = new Store("tokyo", "\u6771\u4eac", Currency.getInstance("JPY"), Locale.forLanguageTag("zh-Hant-TW"),
            ZoneId.of("Asia/Tokyo"), "JP");

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsEveryFieldOverARestart(FreshDatabase fresh) {
        try (Databases.Opened database = Kernel.open(fresh)) {
            StoreTable stores = new StoreTable(database);
            assertTrue(stores.create(TOKYO));
            assertFalse(stores.create(TOKYO), "the id is taken");
            assertTrue(stores.create(Kernel.store("berlin")));
            Store renamed = new Store("berlin", "Berlin Mitte", Currency.getInstance("EUR"), Locale.GERMANY, ZoneId.of("Europe/Berlin"), "DE");
            assertTrue(stores.update(renamed));
            assertFalse(stores.update(Kernel.store("nowhere")));
            assertEquals(List.of(renamed, TOKYO), new StoreTable(database).list());
            assertEquals(Optional.of(TOKYO), new StoreTable(database).find("tokyo"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsAListenerOfAllThatIsThereAndOfEveryChange(FreshDatabase fresh) {
        try (Databases.Opened database = Kernel.open(fresh)) {
            StoreTable stores = new StoreTable(database);
            stores.create(TOKYO);
            Heard heard = new Heard();
            stores.addListener(heard);
            stores.create(Kernel.store("berlin"));
            stores.update(TOKYO);
            stores.delete("berlin");
            assertFalse(stores.delete("berlin"));
            stores.removeListener(heard);
            stores.delete("tokyo");
            assertEquals(List.of("+tokyo", "+berlin", "+tokyo", "-berlin"), heard.news);
            assertEquals(List.of(), new StoreTable(database).list());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aDeletionThatAListenerFailedToHearIsToldAgainAfterARestart(FreshDatabase fresh) {
        try (Databases.Opened database = Kernel.open(fresh)) {
            StoreTable stores = new StoreTable(database);
            stores.create(TOKYO);
            Heard heard = new Heard();
            heard.broken = true;
            stores.addListener(heard);
            assertTrue(stores.delete("tokyo"));
            assertEquals(Optional.empty(), stores.find("tokyo"));
            assertFalse(stores.create(TOKYO), "something of the deleted one is left");
            Heard after = new Heard();
            StoreTable restarted = new StoreTable(database);
            restarted.addListener(after);
            assertEquals(List.of("-tokyo"), after.news);
            assertEquals(List.of(), restarted.list());
            assertTrue(restarted.create(TOKYO), "the id can be used again");
            assertEquals(List.of(TOKYO), new StoreTable(database).list());
        }
    }

    /** Notes what it hears. */
    private static final class Heard implements StoreListener {

        private final List<String> news = new ArrayList<>();
        private boolean broken;

        @Override
        public void present(Store store) {
            news.add("+" + store.id());
        }

        @Override
        public void deleted(Store store) {
            if (broken) {
                throw new IllegalStateException("cannot be heard");
            }
            news.add("-" + store.id());
        }
    }
}

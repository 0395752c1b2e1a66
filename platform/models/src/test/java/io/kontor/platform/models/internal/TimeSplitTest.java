package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where records are cut in two by time. */
class TimeSplitTest {

    @ParameterizedTest
    @CsvSource({"'0 1 2 3 4 5 6 7 8 9', 8", "'0 1 2 3 4 5 6 6 6 6', 6", "'0 0 0 0 0 0 0 0 0 9', 9", "'0 9 9 9 9 9 9 9 9 9', 9",
        "'0 1 2 3 4 5 6 7 7 9', 7", "'1 2', 2"})
    void theLaterPartHasAboutAFifthOfTheRowsAndAMomentIsNeverCut(String minutes, int cut) {
        assertEquals(Optional.of(Shop.BEGIN.plusSeconds(cut * 60L)), cut(minutes));
    }

    @ParameterizedTest
    @CsvSource({"'3 3 3 3'", "'3'"})
    void recordsOfOneMomentCannotBeCut(String minutes) {
        assertEquals(Optional.empty(), cut(minutes));
    }

    @Test
    void onlyTheRowsThatCountAreCounted() {
        Shop shop = new Shop();
        for (int minute = 0; minute < 10; minute++) {
            shop.bought(minute, minute < 5 ? "known" : null, "p");
        }
        Optional<Instant> cut = new TimeSplit(0.2).cut(shop.snapshot(), 5, batch -> {
            String[] customers = batch.texts("customerId");
            return row -> customers[(int) row] != null;
        });
        assertEquals(Optional.of(Shop.BEGIN.plusSeconds(4 * 60)), cut);
    }

    private static Optional<Instant> cut(String minutes) {
        Shop shop = new Shop();
        String[] all = minutes.split(" ");
        for (String minute : all) {
            shop.bought(Long.parseLong(minute), "c", "p");
        }
        return new TimeSplit(0.2).cut(shop.snapshot(), all.length, batch -> row -> true);
    }
}

package io.kontor.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FindingsTest {

    private record Rounds(int count) {
    }

    private final Findings findings = new Findings();

    @Test
    void whatWasFoundIsNotSearchedAgain() {
        assertEquals(new Rounds(7), findings.once(Rounds.class, () -> new Rounds(7)));
        assertEquals(new Rounds(7), findings.once(Rounds.class, () -> {
            throw new AssertionError("searched twice");
        }));
        assertEquals("another kind", findings.once(String.class, () -> "another kind"));
    }

    @Test
    void aSearchThatFailedIsMadeAgain() {
        assertThrows(IllegalStateException.class, () -> findings.once(Rounds.class, () -> {
            throw new IllegalStateException("too little data");
        }));
        assertEquals(new Rounds(3), findings.once(Rounds.class, () -> new Rounds(3)));
    }
}

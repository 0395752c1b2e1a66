package io.kontor.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.KontorException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongPasswordsTest {

    private final Tables.SetClock clock = new Tables.SetClock();
    private final WrongPasswords wrong = new WrongPasswords(clock);

    private void add(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            wrong.refuseTooMany(name, address);
            wrong.add(name, address);
        }
    }

    private void refused(String name, String address) {
        assertEquals(KontorException.Kind.CAPACITY, assertThrows(KontorException.class, () -> wrong.refuseTooMany(name, address)).kind());
    }

    private void allowed(String name, String address) {
        assertDoesNotThrow(() -> wrong.refuseTooMany(name, address));
    }

    @Test
    void whoGuessesAtAnAccountShutsOutNobodyElse() {
        add(WrongPasswords.MOST_OF_A_PAIR, "zoe", "a");
        refused("zoe", "a");
        allowed("zoe", "b");
        allowed("li", "a");
        clock.pass(Duration.ofSeconds(61));
        allowed("zoe", "a");
    }

    @Test
    void anAddressMayNotGuessAtManyAccounts() {
        for (int i = 0; i < WrongPasswords.MOST_FROM_AN_ADDRESS; i++) {
            add(1, "user" + i, "a");
        }
        refused("zoe", "a");
        allowed("zoe", "b");
    }

    @Test
    void anAccountIsNotGuessedAtFromManyAddresses() {
        for (int i = 0; i < WrongPasswords.MOST_FOR_A_NAME; i++) {
            add(1, "zoe", "a" + i);
        }
        refused("zoe", "elsewhere");
        allowed("li", "elsewhere");
    }

    @Test
    void afterTheTotalNobodyIsAskedSoThatMemoryIsBounded() {
        for (int i = 0; i < WrongPasswords.MOST; i++) {
            add(1, "user" + i, "a" + i);
        }
        refused("zoe", "elsewhere");
        clock.pass(Duration.ofSeconds(61));
        allowed("zoe", "elsewhere");
    }

    @Test
    void namesThatNobodyCanHaveCountAsOne() {
        for (int i = 0; i < WrongPasswords.MOST_OF_A_PAIR; i++) {
            add(1, "No Name " + i, "a");
        }
        refused("No Name", "a");
        allowed("zoe", "a");
    }
}

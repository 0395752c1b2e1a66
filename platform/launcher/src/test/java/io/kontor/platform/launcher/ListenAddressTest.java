package io.kontor.platform.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();
            StartFailure failure = assertThrows(StartFailure.class, () -> ListenAddress.check("127.0.0.1", port));
            assertEquals("Port " + port + " on 127.0.0.1 is taken by another program; choose another with KONTOR_PORT.",
                    failure.getMessage());
        }
    }

    @Test
    void saysThatTheAddressIsOfAnotherMachine() {
        StartFailure failure = assertThrows(StartFailure.class, () -> ListenAddress.check("192.0.2.1", 0));
        assertEquals("The address 192.0.2.1 in KONTOR_HOST is not one of this machine.", failure.getMessage());
    }

    @Test
    void saysThatTheHostIsNotKnown() {
        StartFailure failure = assertThrows(StartFailure.class, () -> ListenAddress.check("no-such-host.invalid", 0));
        assertEquals("The host no-such-host.invalid in KONTOR_HOST is not known.", failure.getMessage());
    }

    @Test
    void takesAFreePort() {
        assertDoesNotThrow(() -> ListenAddress.check("127.0.0.1", 0));
    }
}

package io.kontor.platform.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Tries the address before anything heavy starts, so that a taken port is told in a moment and in one sentence. */
final class ListenAddress {

    private ListenAddress() {
    }

    static void check(String host, int port) throws StartFailure {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw StartFailure.failed("The host " + host + " in KONTOR_HOST is not known.", e);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (BindException e) {
            if (isOurs(address)) {
                throw StartFailure.failed("Port " + port + " on " + host
                        + " is taken by another program; choose another with KONTOR_PORT.", e);
            }
            throw StartFailure.failed("The address " + host + " in KONTOR_HOST is not one of this machine.", e);
        } catch (IOException e) {
            throw StartFailure.failed("Port " + port + " on " + host + " cannot be opened: " + e.getMessage() + ".", e);
        }
    }

    private static boolean isOurs(InetAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

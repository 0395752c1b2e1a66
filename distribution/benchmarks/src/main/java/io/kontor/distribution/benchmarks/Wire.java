package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One kept connection to a server: blocking, so that what is measured is the server and not a client's threads. For one thread. */
final class Wire implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    Wire(KontorServer server) throws IOException {
        URI address = URI.create(server.url());
        socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** The bytes of a request with the admin key. */
    static byte[] request(String method, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = method + " /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + KontorServer.ADMIN_KEY
                + (json.isEmpty() ? "" : "\r\nContent-Type: application/json\r\nContent-Length: " + body.length) + "\r\n\r\n" + json;
        return head.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a request and reads its answer to the end; gives the body. */
    String exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.contains(" 200 ")) {
            throw new IOException(status + ": " + body);
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            } else if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

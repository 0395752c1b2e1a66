package io.kontor.platform.rest.internal.routing;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One request and its answer without a network. */
final class Exchange {

    private final String method;
    private final String uri;
    private final String query;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final ByteArrayInputStream sent;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status = 200;

    Exchange(String method, String path, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.uri = path.split("\\?", 2)[0];
        this.query = path.contains("?") ? path.split("\\?", 2)[1] : null;
        this.headers.putAll(headers);
        this.body = body;
        this.sent = new ByteArrayInputStream(body);
    }

    Exchange send(Router router) {
        try {
            router.service((HttpServletRequest) proxy(HttpServletRequest.class), (HttpServletResponse) proxy(HttpServletResponse.class));
        } catch (IOException e) {
            throw new AssertionError(this + " broke off", e);
        }
        return this;
    }

    int status() {
        return status;
    }

    String body() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String header(String name) {
        return answered.getOrDefault(name, "");
    }

    /** How many bytes of the body nobody has read. */
    int unread() {
        return sent.available();
    }

    private Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> answer(called, arguments));
    }

    private Object answer(Method called, Object[] arguments) {
        return switch (called.getName()) {
            case "getMethod" -> method;
            case "getRequestURI" -> uri;
            case "getRemoteAddr" -> "192.0.2.1";
            case "getQueryString" -> query;
            case "getContentType" -> headers.get("Content-Type");
            case "getContentLengthLong" -> (long) body.length;
            case "getInputStream" -> new Input(sent);
            case "getHeader" -> called.getDeclaringClass() == HttpServletRequest.class ? headers.get((String) arguments[0])
                    : answered.get((String) arguments[0]);
            case "setStatus" -> {
                status = (Integer) arguments[0];
                yield null;
            }
            case "getStatus" -> status;
            case "setHeader" -> {
                answered.put((String) arguments[0], (String) arguments[1]);
                yield null;
            }
            case "setContentType" -> {
                answered.put("Content-Type", (String) arguments[0]);
                yield null;
            }
            case "getOutputStream" -> new Output(out);
            case "isCommitted" -> out.size() > 0;
            case "resetBuffer", "setCharacterEncoding", "setContentLength" -> null;
            default -> throw new UnsupportedOperationException(called.toString());
        };
    }

    @Override
    public String toString() {
        return method + " " + uri + (query == null ? "" : "?" + query) + " " + headers + " "
                + new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8) + " -> " + status + " " + body();
    }

    /** What the client sends. */
    private static final class Input extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Input(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    /** What the client receives. */
    private static final class Output extends ServletOutputStream {

        private final ByteArrayOutputStream bytes;

        Output(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}

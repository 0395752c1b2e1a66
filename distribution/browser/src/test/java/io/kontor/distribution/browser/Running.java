package io.kontor.distribution.browser;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server and one browser, logged in as administrator, for all tests; both end after the last test. */
final class Running implements ParameterResolver {

    private static final String PASSWORD = "correct-horse-battery";

    private record Both(KontorServer server, Browser browser) implements ExtensionContext.Store.CloseableResource, AutoCloseable {

        static Both start() {
            try {
                Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "server").resolve("data");
                KontorServer server = KontorServer.start(data, Map.of("KONTOR_ADMIN_PASSWORD", PASSWORD));
                Browser browser = new Browser(server.url());
                browser.logIn("admin", PASSWORD);
                return new Both(server, browser);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try (server) {
                browser.close();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == KontorServer.class || type == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Both both = test.getRoot().getStore(ExtensionContext.Namespace.create(Running.class))
                .getOrComputeIfAbsent(Both.class, type -> Both.start(), Both.class);
        return parameter.getParameter().getType() == Browser.class ? both.browser() : both.server();
    }
}

package io.kontor.platform.launcher;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the Gogo shell on a socket file in the data folder, which only the server's own user may open; no port is involved. The shell's
 * bundles are installed and started when the first session begins. Each session has a thread.
 */
final class Console implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";
    private static final String SESSION = "org.apache.felix.service.command.CommandSession";
    private static final String PROMPT = "kontor> ";
    private static final int INSPECT = 0;

    private final Container container;
    private final Path bundles;
    private final Path socket;
    private final ServerSocketChannel server;

    private Console(Container container, Path bundles, Path socket, ServerSocketChannel server) {
        this.container = container;
        this.bundles = bundles;
        this.socket = socket;
        this.server = server;
    }

    /**
     * Begins to listen.
     *
     * @param container the running framework
     * @param bundles folder with the shell's bundles
     * @param socket the socket file, in a folder of which only the owner may use files
     * @return the console, to be closed
     * @throws IOException when the socket file cannot be made, for example because its path is longer than the system allows
     */
    static Console open(Container container, Path bundles, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        Console console = new Console(container, bundles, socket, server);
        start(console::accept, "kontor-console");
        return console;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                start(() -> serve(channel), "kontor-console-session");
            }
        } catch (ClosedChannelException e) {
            LOG.debug("The console is closed");
        } catch (IOException e) {
            LOG.warn("The console takes no more sessions", e);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel; BufferedReader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
                PrintStream out = new PrintStream(Channels.newOutputStream(channel), true, StandardCharsets.UTF_8)) {
            LOG.info("A console session begins");
            Object processor = container.serviceOf(bundles, PROCESSOR);
            ClassLoader types = processor.getClass().getClassLoader();
            Object session = Class.forName(PROCESSOR, false, types).getMethod("createSession", InputStream.class, OutputStream.class,
                    OutputStream.class).invoke(processor, InputStream.nullInputStream(), out, out);
            Class<?> type = Class.forName(SESSION, false, types);
            Method execute = type.getMethod("execute", CharSequence.class);
            Method format = type.getMethod("format", Object.class, int.class);
            prompt(out);
            for (String line = in.readLine(); line != null && !line.strip().equals("exit"); line = in.readLine()) {
                try {
                    Object result = execute.invoke(session, line);
                    if (result != null) {
                        out.println(format.invoke(session, result, INSPECT));
                    }
                } catch (InvocationTargetException e) {
                    out.println(e.getCause());
                }
                prompt(out);
            }
            type.getMethod("close").invoke(session);
        } catch (IOException e) {
            LOG.debug("A console session broke off", e);
        } catch (ReflectiveOperationException | BundleException e) {
            LOG.error("The shell does not start", e);
        }
    }

    private static void prompt(PrintStream out) {
        out.print(PROMPT);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}

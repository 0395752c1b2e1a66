package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.DataFolder;
import io.kontor.platform.launcher.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import picocli.CommandLine;

/** A shell in the running server. It goes through a file of the data folder, so it works on the same machine and for the same user only. */
@CommandLine.Command(name = "console", description = "Opens the Gogo shell of the server on this machine; \"exit\" leaves it.")
final class ConsoleCommand extends Command {

    private static final int BUFFER = 8_192;

    ConsoleCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        Path socket = DataFolder.consoleSocket(installation().settings().data());
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Thread typing = new Thread(() -> send(System.in, channel), "kontor-typing");
            typing.setDaemon(true);
            typing.start();
            byte[] bytes = new byte[BUFFER];
            for (int read = channel.read(ByteBuffer.wrap(bytes)); read >= 0; read = channel.read(ByteBuffer.wrap(bytes))) {
                screen().out().write(bytes, 0, read);
                screen().out().flush();
            }
            screen().out().println();
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("Kontor does not run on this machine with the data folder " + installation().settings().data() + ".");
        }
    }

    private static void send(InputStream typed, SocketChannel channel) {
        byte[] bytes = new byte[BUFFER];
        try {
            for (int read = typed.read(bytes); read >= 0; read = typed.read(bytes)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, read);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.shutdownOutput();
        } catch (IOException e) {
            // The session has ended while somebody typed; the reading side tells that.
            Thread.currentThread().interrupt();
        }
    }
}

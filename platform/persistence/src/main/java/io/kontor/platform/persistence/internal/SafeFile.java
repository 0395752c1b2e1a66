package io.kontor.platform.persistence.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.h2.store.fs.FileUtils;

/**
 * A file of H2 that stays open when a thread is interrupted while it reads or writes: Java closes an ordinary channel then, but not an
 * asynchronous one. H2's own asynchronous file has another thread read each page, which costs more than to read it; this one reads on the
 * thread that asks. Safe for use by several threads.
 */
final class SafeFile extends FileBaseDefault {

    /** What a URL names such files by. */
    static final String SCHEME = "safe";

    private final AsynchronousFileChannel channel;

    /** Files by the scheme; H2 makes further ones by reflection. */
    public static final class Name extends FilePathWrapper {

        @Override
        public FileChannel open(String mode) throws IOException {
            return new SafeFile(name.substring(getPrefix().length()), mode);
        }

        @Override
        public String getScheme() {
            return SCHEME;
        }
    }

    /** Does what it is given at once. It is never shut down: the channel does not do so. */
    private static final class Caller extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            // nothing runs on
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }

    private SafeFile(String name, String mode) throws IOException {
        channel = AsynchronousFileChannel.open(Path.of(name), FileUtils.modeToOptions(mode), new Caller());
    }

    /** Makes the scheme known to H2. */
    static void register() {
        FilePath.register(new Name());
    }

    private static int done(Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
        return done(channel.read(to, position));
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return done(channel.write(from, position));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        channel.force(metadata);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}

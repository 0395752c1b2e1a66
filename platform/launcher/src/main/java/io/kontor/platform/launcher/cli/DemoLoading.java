package io.kontor.platform.launcher.cli;

import io.kontor.platform.demo.DemoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Fills the demo stores, all at the same time, with one progress bar over them. */
final class DemoLoading {

    private final Supplier<ApiClient> connect;
    private final Screen screen;

    /**
     * For one demo.
     *
     * @param connect gives a client to each thread
     * @param screen shows the progress
     */
    DemoLoading(Supplier<ApiClient> connect, Screen screen) {
        this.connect = connect;
        this.screen = screen;
    }

    void load(DemoFolder.Content content) {
        List<DemoStore> stores = DemoStore.all();
        DemoBoard board = new DemoBoard(screen, stores.size());
        ExecutorService threads = Executors.newFixedThreadPool(stores.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (DemoStore store : stores) {
                running.add(threads.submit(() -> new DemoFilling(connect.get(), store, board).fill(content)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailure failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("The demo was interrupted.");
        } finally {
            threads.shutdownNow();
            board.close();
        }
    }
}

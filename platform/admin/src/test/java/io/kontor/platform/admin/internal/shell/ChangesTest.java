package io.kontor.platform.admin.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.Version;

/** Open pages hear that plugins have come or gone. */
class ChangesTest {

    private static final String CHANGED = "event: changed\ndata: plugins\n\n";

    private final List<ServiceListener> listeners = new ArrayList<>();
    private final Changes changes = new Changes(Stub.of(BundleContext.class, Map.of("addServiceListener", given -> {
        listeners.add((ServiceListener) given[0]);
        return null;
    }, "removeServiceListener", given -> {
        listeners.remove(given[0]);
        return null;
    })));

    /** An open page: what it was sent, and whether it was let go. */
    private static final class Page extends ServletOutputStream {

        private final StringBuilder sent = new StringBuilder();
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean gone;

        @Override
        public void write(int b) throws IOException {
            if (gone) {
                throw new IOException("the browser has gone");
            }
            synchronized (sent) {
                sent.append((char) b);
            }
            if (text().contains(CHANGED)) {
                told.countDown();
            }
        }

        String text() {
            synchronized (sent) {
                return sent.toString();
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        void follow(Changes changes) throws IOException {
            HttpServletResponse response = Stub.of(HttpServletResponse.class, Map.of("setContentType", given -> null,
                    "getOutputStream", given -> this, "flushBuffer", given -> null));
            AsyncContext context = Stub.of(AsyncContext.class, Map.of("setTimeout", given -> null, "getResponse", given -> response,
                    "hashCode", given -> System.identityHashCode(this), "equals", given -> false, "complete", given -> {
                        ended.countDown();
                        return null;
                    }));
            changes.follow(Stub.of(HttpServletRequest.class, Map.of("startAsync", given -> context)), response);
        }
    }

    @AfterEach
    void close() {
        changes.close();
    }

    private static void arrives(CountDownLatch latch, String what) throws InterruptedException {
        assertTrue(latch.await(30, TimeUnit.SECONDS), what);
    }

    @Test
    void tellsEveryOpenPageOnceOfChangesThatComeTogether() throws Exception {
        Page one = new Page();
        Page other = new Page();
        one.follow(changes);
        other.follow(changes);
        assertTrue(one.text().startsWith(":"), "the connection stands at once");
        changes.added("com.acme", Version.emptyVersion);
        changes.removing("com.acme", Version.emptyVersion);
        listeners.get(0).serviceChanged(null);
        arrives(one.told, "the first page is told");
        arrives(other.told, "the other page is told");
        assertEquals(one.text().indexOf(CHANGED), one.text().lastIndexOf(CHANGED));
    }

    @Test
    void letsGoOfPagesThatHaveGoneAndOfAllAtItsEnd() throws Exception {
        Page gone = new Page();
        Page open = new Page();
        gone.follow(changes);
        open.follow(changes);
        gone.gone = true;
        changes.added("com.acme", Version.emptyVersion);
        arrives(gone.ended, "the page that has gone is let go");
        arrives(open.told, "the other one is told all the same");
        changes.close();
        arrives(open.ended, "all are let go at the end");
        assertEquals(List.of(), listeners);
    }
}

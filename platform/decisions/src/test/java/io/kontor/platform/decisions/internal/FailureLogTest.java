package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailureLog log = new FailureLog(now::get);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        ((Logger) LoggerFactory.getLogger(FailureLog.class)).addAppender(lines);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger(FailureLog.class)).detachAppender(lines);
    }

    private void fail(String plugin) {
        log.failed(new Fake(plugin, "shop"), "failed with IllegalStateException", new IllegalStateException("on purpose"));
    }

    @Test
    void logsTheFirstFailureOfAPluginInAMinuteWithItsStackAndCountsTheOthers() {
        for (int failure = 0; failure < 100; failure++) {
            fail("sick");
        }
        fail("sicker");
        assertEquals(2, lines.list.size());
        assertEquals("on purpose", lines.list.get(0).getThrowableProxy().getMessage());
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        fail("sick");
        assertEquals(3, lines.list.size());
        assertTrue(lines.list.get(2).getFormattedMessage().contains("; 99 were"), lines.list.get(2).getFormattedMessage());
    }
}

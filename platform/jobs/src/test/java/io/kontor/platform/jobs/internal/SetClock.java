package io.kontor.platform.jobs.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs on from the time that it was set to. */
final class SetClock extends Clock {

    private volatile Clock clock;

    SetClock(String now) {
        set(now);
    }

    void set(String time) {
        clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), Instant.parse(time)));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }
}

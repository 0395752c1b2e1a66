package io.kontor.platform.jobs.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.KontorException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobLimitsTest {

    @Test
    void theLimitOfATypeInAStoreComesBeforeThatOfTheTypeAndThatBeforeTheOneForAll() {
        JobLimits limits = new JobLimits("90m, import=2h, train/berlin = 1d");
        assertEquals(Duration.ofDays(1), limits.of("train", "berlin"));
        assertEquals(Duration.ofMinutes(90), limits.of("train", "paris"));
        assertEquals(Duration.ofHours(2), limits.of("import", "berlin"));
        assertEquals(Duration.ofMinutes(90), limits.of("erase-customer", null));
    }

    @Test
    void isSixHoursWhenNothingIsSet() {
        assertEquals(Duration.ofHours(6), new JobLimits(null).of("train", "berlin"));
        assertEquals(Duration.ofHours(6), new JobLimits("import=2h").of("train", "berlin"));
    }

    @Test
    void namesThePartThatIsWrong() {
        KontorException refused = assertThrows(KontorException.class, () -> new JobLimits("6h, import=soon"));
        assertEquals("KONTOR_JOB_LIMITS has \"import=soon\", but must have parts such as 6h, import=30m or train/berlin=1d.",
                refused.getMessage());
    }

    @Test
    void isSaidInTheLargestWholeUnit() {
        assertEquals(List.of("1d", "36h", "90m", "75s"), List.of(Duration.ofHours(24), Duration.ofHours(36), Duration.ofMinutes(90),
                Duration.ofSeconds(75)).stream().map(JobLimits::words).toList());
    }
}

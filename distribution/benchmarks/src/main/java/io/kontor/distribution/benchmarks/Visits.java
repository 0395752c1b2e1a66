package io.kontor.distribution.benchmarks;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Generated visits of a year; few products get most of the events. */
final class Visits {

    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final long SPAN = 365L * 86_400_000;

    private Visits() {
    }

    /** A compressed file of events in order of time; each visit is of one customer, and the customers come by turns. */
    static Path file(Path folder, long events, int products, long customers, int eventsOfAVisit) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        Path file = folder.resolve("events.csv.gz");
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(new BufferedOutputStream(new Fast(file), 1 << 16),
                StandardCharsets.UTF_8), 1 << 16)) {
            out.write("id,time,type,customerId,sessionId,productId\n");
            StringBuilder row = new StringBuilder(100);
            for (long event = 0; event < events; event++) {
                long visit = event / eventsOfAVisit;
                double kind = random.nextDouble();
                row.setLength(0);
                row.append('e').append(event).append(',').append(Instant.ofEpochMilli(START + event * SPAN / events)).append(',')
                        .append(kind < 0.85 ? "view" : kind < 0.95 ? "cart" : "purchase").append(",c")
                        .append(Math.floorMod(visit * 7_919, customers)).append(",s").append(visit).append(",p")
                        .append((int) (products * Math.pow(random.nextDouble(), 3))).append('\n');
                out.append(row);
            }
        }
        return file;
    }

    /** Compresses quickly, as it is the server that is measured. */
    private static final class Fast extends GZIPOutputStream {

        Fast(Path file) throws IOException {
            super(Files.newOutputStream(file), 1 << 16);
            def.setLevel(1);
        }
    }
}

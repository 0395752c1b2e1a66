package io.kontor.platform.itests;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** Runs after the container tests and counts them, so that they cannot stop running unnoticed. */
public class ContainerTestsRanIT {

    private static final Pattern TESTS = Pattern.compile("<testsuite [^>]*?\\btests=\"(\\d+)\"[^>]*?\\bskipped=\"(\\d+)\"|"
            + "<testsuite [^>]*?\\bskipped=\"(\\d+)\"[^>]*?\\btests=\"(\\d+)\"", Pattern.DOTALL);

    @Test
    public void enoughContainerTestsRan() throws IOException {
        Path reports = Path.of(System.getProperty("kontor.itests"), "failsafe-reports");
        int floor = Integer.getInteger("container.tests.floor");
        int ran = 0;
        try (Stream<Path> files = Files.list(reports)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().matches("TEST-.*IT\\.xml")
                    && !file.getFileName().toString().contains(getClass().getSimpleName())).toList();
            for (Path file : found) {
                ran += count(Files.readString(file));
            }
        }
        assertTrue("only " + ran + " container tests ran, at least " + floor + " must", ran >= floor);
    }

    private static int count(String report) {
        Matcher suite = TESTS.matcher(report);
        if (!suite.find()) {
            throw new AssertionError("this is no test report: " + report.substring(0, Math.min(200, report.length())));
        }
        return suite.group(1) != null ? Integer.parseInt(suite.group(1)) - Integer.parseInt(suite.group(2))
                : Integer.parseInt(suite.group(4)) - Integer.parseInt(suite.group(3));
    }
}

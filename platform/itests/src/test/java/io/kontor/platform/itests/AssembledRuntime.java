package io.kontor.platform.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemPackage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** Puts the bundles of the assembled runtime into the test container, on the start levels that the launcher gives them. */
final class AssembledRuntime {

    private AssembledRuntime() {
    }

    static Option[] configuration() {
        return options(frameworkProperty("felix.cm.pm").value("db"),
                frameworkProperty("kontor.home").value(home().toString()),
                frameworkProperty("kontor.data").value(data().toString()),
                frameworkProperty("kontor.deploy").value(data().resolve("deploy").toString()),
                frameworkProperty("felix.fileinstall.dir").value(data().resolve("deploy").toString()),
                frameworkProperty("felix.fileinstall.tmpdir").value(data().resolve("tmp").toString()),
                frameworkProperty("org.osgi.service.http.port").value("0"),
                frameworkProperty("org.apache.felix.http.host").value("127.0.0.1"),
                frameworkProperty("gosh.args").value("--nointeractive"),
                systemPackage("org.slf4j;version=2.0.20"), systemPackage("org.slf4j;version=1.7.36"),
                systemPackage("org.slf4j.spi;version=2.0.20"), systemPackage("org.slf4j.spi;version=1.7.36"),
                systemPackage("org.slf4j.event;version=2.0.20"), systemPackage("org.slf4j.helpers;version=2.0.20"),
                systemPackage("org.slf4j.helpers;version=1.7.36"),
                frameworkStartLevel(100), cleanCaches(), junitBundles(), bundles());
    }

    private static Path home() {
        return Path.of(System.getProperty("kontor.home")).toAbsolutePath().normalize();
    }

    private static Path data() {
        try {
            return Files.createDirectories(Files.createTempDirectory(Path.of(System.getProperty("kontor.itests")), "data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Option bundles() {
        List<Option> bundles = new ArrayList<>();
        try (Stream<Path> levels = Files.list(home().resolve("system"))) {
            for (Path level : levels.sorted().toList()) {
                try (Stream<Path> jars = Files.list(level)) {
                    jars.sorted().filter(jar -> !jar.getFileName().toString().startsWith("org.apache.felix.log"))
                            .forEach(jar -> bundles.add(bundle(jar.toUri().toString())
                                    .startLevel(Integer.parseInt(level.getFileName().toString()))));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return composite(bundles.toArray(Option[]::new));
    }
}

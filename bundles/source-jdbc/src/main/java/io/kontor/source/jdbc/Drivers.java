package io.kontor.source.jdbc;

import io.kontor.api.KontorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The JDBC drivers of the installation: of every bundle that names one, those that were deployed later included. PostgreSQL's and H2's are
 * always there. Nothing is kept between runs, so a driver's bundle can be replaced at any time.
 */
final class Drivers {

    private static final String SERVICE = "META-INF/services/java.sql.Driver";
    private static final String CORE = "jdbc:h2:";
    private static final Pattern REMOTE_H2 = Pattern.compile("jdbc:h2:(tcp|ssl)://.*");
    /** Parameters by which drivers load classes, read or write files, or run statements when they connect. */
    private static final Pattern DANGEROUS = Pattern.compile("(?i)[?&;](init|[^=&;?]*(class|factory|plugin|callback|verifier|logger|interceptor|"
            + "deserialize|localinfile|infileurl|scripturl|trace|script|statement)[^=&;?]*)=.*");

    private final BundleContext context;

    Drivers(BundleContext context) {
        this.context = context;
    }

    /**
     * Refuses addresses that would do more than connect: a database inside this process, parameters that load classes or touch files.
     *
     * @param url a JDBC URL
     * @throws KontorException of kind CONFIGURATION saying what is refused
     */
    static void check(String url) {
        if (!url.startsWith("jdbc:")) {
            throw refused("The address must be a JDBC URL, such as jdbc:postgresql://host/database.");
        }
        if (url.toLowerCase(Locale.ROOT).startsWith(CORE) && !REMOTE_H2.matcher(url).matches()) {
            throw refused("Of H2 only a server's databases are read, by jdbc:h2:tcp://host/database; a file would be opened in this process.");
        }
        int parameters = Stream.of(url.indexOf('?'), url.indexOf(';')).filter(at -> at >= 0).min(Integer::compare).orElse(url.length());
        if (DANGEROUS.matcher(url.substring(parameters).replace("%", "")).find() || url.substring(parameters).contains("%")) {
            throw refused("The address has a parameter that is not allowed, as it loads classes, touches files or runs statements.");
        }
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.CONFIGURATION, sentence);
    }

    /**
     * The driver for an address.
     *
     * @param url a JDBC URL
     * @return a new driver
     * @throws KontorException of kind CONFIGURATION when no bundle has one
     */
    Driver find(String url) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> (bundle.getState() & (Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE)) != 0)
                .flatMap(bundle -> names(bundle).flatMap(name -> driver(bundle, name, url).stream())).findFirst()
                .orElseThrow(() -> refused("No driver for " + url.replaceFirst("^(jdbc:[A-Za-z0-9]+).*$", "$1")
                        + " is installed; deploy the bundle that has it."));
    }

    private static Stream<String> names(Bundle bundle) {
        URL entry = bundle.getEntry(SERVICE);
        if (entry == null) {
            return Stream.empty();
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(entry.openStream(), StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty()).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Optional<Driver> driver(Bundle bundle, String name, String url) {
        try {
            Driver driver = (Driver) bundle.loadClass(name).getDeclaredConstructor().newInstance();
            return driver.acceptsURL(url) ? Optional.of(driver) : Optional.empty();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException | SQLException e) {
            return Optional.empty();
        }
    }
}

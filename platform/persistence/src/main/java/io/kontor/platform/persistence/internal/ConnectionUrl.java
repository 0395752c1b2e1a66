package io.kontor.platform.persistence.internal;

import io.kontor.api.KontorException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the database is. An H2 database is always opened so that a commit is on disk when it returns: with H2's default of writing half a
 * second later, a killed process loses what it has acknowledged. Its file is opened as an asynchronous channel: an ordinary one is closed
 * by Java, and the whole database with it, when a thread is interrupted while it reads or writes, as a cancelled job is.
 *
 * @param jdbc the complete JDBC URL
 * @param h2 whether it is H2
 */
record ConnectionUrl(String jdbc, boolean h2) {

    private static final String H2 = "jdbc:h2:";
    private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(file:|(?=[~./\\\\]|[A-Za-z]:[/\\\\]))");
    private static final String H2_SAFE_FILE = "jdbc:h2:" + SafeFile.SCHEME + ":";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    /** Prepared statements that each connection keeps; H2 keeps 8, and parses the others again each time. */
    private static final int STATEMENTS = 128;

    /** Takes the operator's URL, or a file in the data folder when there is none. */
    static ConnectionUrl of(Optional<String> given, Path data) {
        String url = given.orElseGet(() -> H2 + "file:" + data.resolve("db").resolve("kontor").toAbsolutePath());
        if (url.startsWith(POSTGRESQL)) {
            return new ConnectionUrl(url, false);
        } else if (url.startsWith(H2)) {
            return new ConnectionUrl(complete(url), true);
        }
        throw new KontorException(KontorException.Kind.CONFIGURATION, "KONTOR_DB_URL must begin with " + POSTGRESQL + " or " + H2 + ".");
    }

    private static String complete(String url) {
        StringBuilder complete = new StringBuilder(H2_FILE.matcher(url).replaceFirst(H2_SAFE_FILE));
        // H2 takes a fortieth of the heap as its page cache, far too little once the indexes of a million rows are written to.
        long cache = Runtime.getRuntime().maxMemory() / 5 / 1024;
        for (String option : new String[] {"CACHE_SIZE=" + cache, "WRITE_DELAY=0", "MODE=PostgreSQL",
            "DATABASE_TO_LOWER=TRUE", "DEFAULT_NULL_ORDERING=HIGH",
            "DB_CLOSE_ON_EXIT=FALSE", "QUERY_CACHE_SIZE=" + STATEMENTS}) {
            String name = option.substring(0, option.indexOf('=') + 1);
            if (!url.toUpperCase(Locale.ROOT).contains(";" + name)) {
                complete.append(';').append(option);
            }
        }
        return complete.toString();
    }

    /** The URL as it may be shown: without parameters, which may hold a password. */
    String shown() {
        return jdbc.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//").replaceFirst(H2_SAFE_FILE, "jdbc:h2:file:");
    }
}

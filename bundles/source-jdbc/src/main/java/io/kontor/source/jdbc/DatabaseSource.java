package io.kontor.source.jdbc;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.source.DataSource;
import io.kontor.api.source.Feed;
import io.kontor.api.source.FieldMapping;
import io.kontor.api.source.RecordSink;
import io.kontor.api.source.ValueFormat;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Reads tables and queries of a database over a read-only connection, row by row as they come, so that memory does not grow with the table.
 * With a column that tells old rows from new (a time of change, a growing number) a run reads what has come since the last one; the
 * watermark moves only between rows of different values, so that rows of one value are never parted.
 */
@Plugin(family = Family.SOURCE)
@Designate(ocd = DatabaseSource.Settings.class, factory = true)
@Component(name = "io.kontor.source.jdbc", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class DatabaseSource implements DataSource {

    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*(\\.[\\p{L}_][\\p{L}\\p{N}_$]*){0,2}");
    private static final Pattern QUERY = Pattern.compile("(?is)(select|with)\\s[^;]*");
    private static final int BATCH = 2_000;
    /** Most rows that are handed over together when many have one value. */
    private static final int MOST = 10_000;
    private static final String CONNECT_SECONDS = "15";

    private final Settings settings;
    private final Function<String, Driver> drivers;
    private final List<Feed> feeds = new ArrayList<>();
    private final Map<Entity, String> queries = new EnumMap<>(Entity.class);
    private final Map<Entity, String> increments;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/jdbc")
    public @interface Settings {

        /**
         * Where the database is.
         *
         * @return a JDBC URL
         */
        @AttributeDefinition(name = "%url", description = "%url.help")
        String url();

        /**
         * Who logs in.
         *
         * @return a user who may read
         */
        @AttributeDefinition(name = "%user", description = "%user.help", required = false)
        String user() default "";

        /**
         * The password.
         *
         * @return never shown
         */
        @AttributeDefinition(name = "%password", type = AttributeType.PASSWORD, required = false)
        String password() default "";

        /**
         * What is read.
         *
         * @return lines such as {@code orders=order_lines} or {@code orders=select ...}
         */
        @AttributeDefinition(name = "%queries", description = "%queries.help")
        String[] queries();

        /**
         * What tells old rows from new.
         *
         * @return lines such as {@code orders=updated_at}
         */
        @AttributeDefinition(name = "%increments", description = "%increments.help", required = false)
        String[] increments() default {};

        /**
         * Which columns become which.
         *
         * @return lines such as {@code orders.time:placed_at}
         */
        @AttributeDefinition(name = "%mapping", description = "%mapping.help", required = false)
        String[] mapping() default {};

        /**
         * The time zone of times that name none.
         *
         * @return an IANA name; empty for the store's
         */
        @AttributeDefinition(name = "%timeZone", description = "%timeZone.help", required = false)
        String timeZone() default "";

        /**
         * How far before the last value a run begins.
         *
         * @return seconds for times, steps for numbers
         */
        @AttributeDefinition(name = "%overlap", description = "%overlap.help", min = "0", max = "1000000")
        int overlap() default 300;

        /**
         * How many rows the driver fetches at once.
         *
         * @return rows
         */
        @AttributeDefinition(name = "%fetchSize", description = "%fetchSize.help", min = "10", max = "10000")
        int fetchSize() default 1000;

        /**
         * How long the database may take to answer.
         *
         * @return seconds
         */
        @AttributeDefinition(name = "%timeoutSeconds", description = "%timeoutSeconds.help", min = "1", max = "86400")
        int timeoutSeconds() default 600;
    }

    /**
     * Made by Declarative Services.
     *
     * @param context knows the installed drivers
     * @param settings the settings
     */
    @Activate
    public DatabaseSource(BundleContext context, Settings settings) {
        this(new Drivers(context)::find, settings);
    }

    DatabaseSource(Function<String, Driver> drivers, Settings settings) {
        this.drivers = drivers;
        this.settings = settings;
        Drivers.check(settings.url());
        Map<Entity, FieldMapping> mappings = FieldMapping.parse(settings.mapping(), ValueFormat.of("", settings.timeZone(), ""));
        increments = Feed.parse(settings.increments(), "increments");
        increments.forEach((entity, column) -> {
            if (!NAME.matcher(column).matches() || column.contains(".")) {
                throw refused("\"" + column + "\" of " + entity.path() + " is not the name of a column.");
            }
        });
        Feed.parse(settings.queries(), "queries").forEach((entity, read) -> {
            queries.put(entity, query(read, Optional.ofNullable(increments.get(entity))));
            feeds.add(new Feed(entity, read, mappings.get(entity)));
        });
    }

    /** What is sent to the database, with a parameter when there is a column that tells old from new. */
    private static String query(String read, Optional<String> increment) {
        String from;
        if (NAME.matcher(read).matches()) {
            from = read;
        } else if (QUERY.matcher(read).matches()) {
            from = "(" + read + ") kontor_source";
        } else {
            throw refused("\"" + read + "\" is neither the name of a table nor one query beginning with select or with.");
        }
        return "select * from " + from + increment.map(column -> " where " + column + " >= ? order by " + column).orElse("");
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.CONFIGURATION, sentence);
    }

    @Override
    public List<Feed> feeds() {
        return List.copyOf(feeds);
    }

    @Override
    public void read(RecordSink sink) {
        try (Connection connection = connect()) {
            for (Feed feed : feeds) {
                sink.job().checkCancelled();
                read(connection, sink, feed);
            }
        } catch (SQLException e) {
            throw new KontorException(KontorException.Kind.DATA, "The database said: " + plain(e), e);
        }
    }

    /** The first line of what a database said, without the password. */
    private String plain(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("") + " (SQL state " + e.getSQLState() + ")";
        return settings.password().isEmpty() ? message : message.replace(settings.password(), "***");
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (!settings.user().isEmpty()) {
            properties.put("user", settings.user());
        }
        if (!settings.password().isEmpty()) {
            properties.put("password", settings.password());
        }
        if (settings.url().startsWith("jdbc:postgresql:")) {
            properties.put("connectTimeout", CONNECT_SECONDS);
            properties.put("loginTimeout", CONNECT_SECONDS);
            properties.put("socketTimeout", Integer.toString(settings.timeoutSeconds()));
            properties.put("ApplicationName", "kontor");
        }
        Connection connection = drivers.apply(settings.url()).connect(settings.url(), properties);
        boolean ready = false;
        try {
            // streaming needs a transaction; read-only ends every attempt to write
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    private void read(Connection connection, RecordSink sink, Feed feed) throws SQLException {
        Entity entity = feed.entity();
        Optional<String> increment = Optional.ofNullable(increments.get(entity));
        Optional<Watermark> begin = increment.flatMap(column -> sink.watermark(entity)).map(Watermark::parse);
        String sql = queries.get(entity);
        if (begin.isEmpty()) {
            sql = increment.map(column -> queries.get(entity).replace(" where " + column + " >= ?", " where " + column + " is not null"))
                    .orElse(sql);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(sink.dryRun() ? 100 : settings.fetchSize());
            statement.setQueryTimeout(settings.timeoutSeconds());
            if (begin.isPresent()) {
                statement.setObject(1, begin.get().minus(settings.overlap()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                handOver(rows, sink, feed, increment.orElse(""));
            }
        }
        connection.rollback();
    }

    private void handOver(ResultSet rows, RecordSink sink, Feed feed, String increment) throws SQLException {
        Set<String> mapped = feed.mapping().fields().values().stream().map(FieldMapping.Field::theirs)
                .collect(Collectors.toCollection(HashSet::new));
        Row row = new Row(rows.getMetaData(), mapped, increment);
        if (!increment.isEmpty() && !row.hasClock()) {
            throw refused("What is read for " + feed.entity().path() + " has no column " + increment.toLowerCase(Locale.ROOT) + ".");
        }
        List<Map<String, Object>> batch = new ArrayList<>(BATCH);
        Watermark last = null;
        while (rows.next()) {
            Watermark now = increment.isEmpty() ? null : row.clock(rows);
            boolean apart = now == null || !now.equals(last);
            if (batch.size() >= BATCH && apart || batch.size() == MOST) {
                // in the midst of one value the watermark stays behind it
                if (!sink.records(feed.entity(), batch, apart && last != null ? last.text() : null)) {
                    return;
                }
                batch.clear();
            }
            batch.add(row.record(rows));
            last = now;
        }
        sink.records(feed.entity(), batch, last == null ? null : last.text());
    }
}

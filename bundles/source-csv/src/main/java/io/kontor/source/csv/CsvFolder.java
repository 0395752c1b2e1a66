package io.kontor.source.csv;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.data.StoreData;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.source.DataSource;
import io.kontor.api.source.Feed;
import io.kontor.api.source.FieldMapping;
import io.kontor.api.source.RecordSink;
import io.kontor.api.source.RecordSink.FileResult;
import io.kontor.api.source.SourceFile;
import io.kontor.api.source.ValueFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Reads the CSV files in a store's folder: each file whose content was not taken before. The folder lies in the one that the installation
 * gives the store, {@code KONTOR_SOURCE_FOLDER/STORE}; nothing outside is read, be it by {@code ..} or by a link.
 */
@Plugin(family = Family.SOURCE, readAt = "*/5 * * * *")
@Designate(ocd = CsvFolder.Settings.class, factory = true)
@Component(name = "io.kontor.source.csv", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class CsvFolder implements DataSource {

    private static final String ROOT = "kontor.source.folder";
    private static final String DONE = "done";
    private static final int MOST_FILES = 100_000;

    private final Settings settings;
    private final Path storeFolder;
    private final Clock clock;
    private final Charset charset;
    private final List<Feed> feeds = new ArrayList<>();
    private final Map<Entity, PathMatcher> patterns = new EnumMap<>(Entity.class);

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/csv")
    public @interface Settings {

        /**
         * The folder within the store's own.
         *
         * @return a relative path; empty for the store's folder itself
         */
        @AttributeDefinition(name = "%folder", description = "%folder.help", required = false)
        String folder() default "";

        /**
         * Which files have which entity.
         *
         * @return lines such as {@code orders=orders-*.csv*}
         */
        @AttributeDefinition(name = "%files", description = "%files.help")
        String[] files() default {"products=products*.csv*", "customers=customers*.csv*", "orders=orders*.csv*"};

        /**
         * Which columns become which.
         *
         * @return lines such as {@code orders.time:Bestellt am}
         */
        @AttributeDefinition(name = "%mapping", description = "%mapping.help", required = false)
        String[] mapping() default {};

        /**
         * How text is encoded.
         *
         * @return the name of a character set
         */
        @AttributeDefinition(name = "%charset", description = "%charset.help")
        String charset() default "UTF-8";

        /**
         * What stands between columns.
         *
         * @return one character or {@code tab}
         */
        @AttributeDefinition(name = "%delimiter", description = "%delimiter.help", options = {@Option(label = ",", value = ","),
            @Option(label = ";", value = ";"), @Option(label = "|", value = "|"), @Option(label = "%delimiter.tab", value = "tab")})
        String delimiter() default ",";

        /**
         * How times are written.
         *
         * @return a pattern; empty for ISO 8601
         */
        @AttributeDefinition(name = "%dates", description = "%dates.help", required = false)
        String dates() default "";

        /**
         * The time zone of times that name none.
         *
         * @return an IANA name; empty for the store's
         */
        @AttributeDefinition(name = "%timeZone", description = "%timeZone.help", required = false)
        String timeZone() default "";

        /**
         * The decimal sign.
         *
         * @return empty for plain numbers
         */
        @AttributeDefinition(name = "%decimal", description = "%decimal.help", required = false, options = {
            @Option(label = "%decimal.plain", value = ""), @Option(label = "1.234,56", value = ","), @Option(label = "1,234.56", value = ".")})
        String decimal() default "";

        /**
         * What is done with a file that was read.
         *
         * @return {@code stay} or {@code move}
         */
        @AttributeDefinition(name = "%afterwards", description = "%afterwards.help", options = {
            @Option(label = "%afterwards.stay", value = "stay"), @Option(label = "%afterwards.move", value = "move")})
        String afterwards() default "stay";

        /**
         * How long a file must have been left alone before it is read.
         *
         * @return seconds
         */
        @AttributeDefinition(name = "%settleSeconds", description = "%settleSeconds.help", min = "0", max = "86400")
        int settleSeconds() default 10;
    }

    /**
     * Made by Declarative Services.
     *
     * @param context knows the installation's settings
     * @param data whose records are read
     * @param settings the settings
     */
    @Activate
    public CsvFolder(BundleContext context, @Reference StoreData data, Settings settings) {
        this(root(context).resolve(data.store().id()), settings, Clock.systemUTC());
    }

    CsvFolder(Path storeFolder, Settings settings, Clock clock) {
        this.storeFolder = storeFolder;
        this.settings = settings;
        this.clock = clock;
        this.charset = charset(settings.charset());
        Map<Entity, FieldMapping> mappings = FieldMapping.parse(settings.mapping(),
                ValueFormat.of(settings.dates(), settings.timeZone(), settings.decimal()));
        Feed.parse(settings.files(), "files").forEach((entity, glob) -> {
            feeds.add(new Feed(entity, glob, mappings.get(entity)));
            patterns.put(entity, pattern(glob));
        });
    }

    private static Path root(BundleContext context) {
        String own = context.getProperty(ROOT);
        return own == null ? Path.of(context.getProperty("kontor.data")).resolve("sources") : Path.of(own);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "There is no character set \"" + name
                    + "\"; common ones are UTF-8, windows-1252, ISO-8859-1, UTF-16 and GB18030.", e);
        }
    }

    private static PathMatcher pattern(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The pattern \"" + glob + "\" is not well formed.", e);
        }
    }

    @Override
    public List<Feed> feeds() {
        return List.copyOf(feeds);
    }

    @Override
    public void read(RecordSink sink) throws IOException {
        Path folder = folder();
        for (Feed feed : feeds) {
            for (Path file : files(folder, patterns.get(feed.entity()))) {
                sink.job().checkCancelled();
                if (read(sink, folder, feed.entity(), file) == FileResult.ENOUGH) {
                    break;
                }
            }
        }
    }

    /** The folder, which must be there and lie in the store's own when all links are followed. */
    private Path folder() throws IOException {
        Path folder;
        try {
            folder = storeFolder.resolve(settings.folder().strip()).normalize();
        } catch (InvalidPathException e) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The folder is no path: " + e.getReason() + ".", e);
        }
        if (!folder.startsWith(storeFolder.normalize())) {
            throw outside();
        }
        if (!Files.isDirectory(folder)) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "There is no folder " + folder
                    + " on the server; files for this store go there.");
        }
        return inside(folder.toRealPath());
    }

    private Path inside(Path real) throws IOException {
        if (!real.startsWith(storeFolder.toRealPath())) {
            throw outside();
        }
        return real;
    }

    private KontorException outside() {
        return new KontorException(KontorException.Kind.CONFIGURATION, "The folder must lie in " + storeFolder + ".");
    }

    /** The files of a pattern that are left alone, oldest first, so that later ones have the last word. */
    private List<Path> files(Path folder, PathMatcher pattern) throws IOException {
        record Aged(Path path, Instant modified) {
        }
        List<Aged> found = new ArrayList<>();
        Instant settled = clock.instant().minusSeconds(settings.settleSeconds());
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : (Iterable<Path>) all.limit(MOST_FILES)::iterator) {
                if (pattern.matches(path.getFileName()) && Files.isRegularFile(path)) {
                    Instant modified = Files.getLastModifiedTime(path).toInstant();
                    if (!modified.isAfter(settled)) {
                        found.add(new Aged(path, modified));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Aged::modified).thenComparing(aged -> aged.path.getFileName().toString()));
        return found.stream().map(Aged::path).toList();
    }

    private FileResult read(RecordSink sink, Path folder, Entity entity, Path file) throws IOException {
        Path real = inside(file.toRealPath());
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        char delimiter = settings.delimiter().equals("tab") ? '\t' : settings.delimiter().charAt(0);
        FileResult result = sink.file(entity, new SourceFile(storeFolder.toRealPath().relativize(file).toString(), attributes.size(),
                attributes.lastModifiedTime().toInstant(), charset, delimiter, () -> Files.newInputStream(real)));
        if (settings.afterwards().equals("move") && !sink.dryRun() && (result == FileResult.TAKEN || result == FileResult.KNOWN)) {
            move(folder, file);
        }
        return result;
    }

    private static void move(Path folder, Path file) throws IOException {
        Path done = Files.createDirectories(folder.resolve(DONE));
        Path target = done.resolve(file.getFileName());
        for (int i = 2; Files.exists(target); i++) {
            target = done.resolve(file.getFileName() + "." + i);
        }
        Files.move(file, target);
    }
}

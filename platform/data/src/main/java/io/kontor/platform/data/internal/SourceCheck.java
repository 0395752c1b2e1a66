package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.source.Feed;
import io.kontor.api.source.RecordSink;
import io.kontor.api.source.SourceFile;
import io.kontor.api.store.Store;
import io.kontor.platform.data.Sources;
import io.kontor.platform.data.Sources.FeedPreview;
import io.kontor.platform.data.Sources.PreviewRow;
import io.kontor.platform.data.Sources.Verdict;
import io.kontor.platform.persistence.Database;
import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/** Looks at the first records of each feed and says what would become of them. */
final class SourceCheck implements RecordSink {

    /** How many rows of a feed are looked at. */
    static final int ROWS = 20;

    private static final int LONGEST_VALUE = 200;

    private final Database database;
    private final Store store;
    private final JobContext job;
    private final Clock clock;
    private final Map<Entity, Looked> feeds = new EnumMap<>(Entity.class);
    private final List<String> refused = new ArrayList<>();

    /**
     * Begins a check.
     *
     * @param database has what is stored
     * @param store whose records they would be
     * @param job ends it when it takes too long
     * @param clock the time
     * @param declared what the source reads
     */
    SourceCheck(Database database, Store store, JobContext job, Clock clock, List<Feed> declared) {
        this.database = database;
        this.store = store;
        this.job = job;
        this.clock = clock;
        declared.forEach(feed -> feeds.put(feed.entity(), new Looked(feed)));
    }

    /** The rows of one feed. */
    private final class Looked {

        private final Feed feed;
        private final Records records;
        private final FeedFields fields;
        private final RowParser parser;
        private final RawRow raw;
        private final RowStore table;
        private final IdentitySet met = new IdentitySet();
        private final List<PreviewRow> rows = new ArrayList<>();

        Looked(Feed feed) {
            this.feed = feed;
            records = Records.of(feed.entity());
            fields = new FeedFields(records, feed.mapping(), store.timeZone());
            parser = new RowParser(records, store.id(), store.timeZone(), clock);
            raw = new RawRow(records);
            table = new RowStore(database, records);
        }

        boolean enough() {
            return rows.size() >= ROWS;
        }

        void judge(long line, RowRefusedException unreadable) {
            try {
                if (unreadable != null) {
                    throw unreadable;
                }
                rows.add(new PreviewRow(line, verdict(parser.parse(raw)), "", "", values()));
            } catch (RowRefusedException e) {
                rows.add(new PreviewRow(line, Verdict.QUARANTINED, Texts.raw(e.field()), Texts.raw(e.getMessage()), values()));
            }
        }

        private Verdict verdict(Object[] row) {
            String identity = (String) row[Records.ID];
            int repeat = met.add(identity);
            if (records.entity() == Entity.ORDERS) {
                row[Records.ID] = identity + '|' + repeat;
            } else if (repeat > 1) {
                return Verdict.DUPLICATE;
            }
            return database.jdbc(connection -> table.fresh(connection, List.<Object[]>of(row))) > 0 ? Verdict.STORED : Verdict.DUPLICATE;
        }

        private Map<String, String> values() {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < records.columns().size(); i++) {
                if (raw.value(i) != null) {
                    values.put(records.columns().get(i).name(), cut(raw.value(i)));
                }
            }
            raw.attributes().forEach((name, value) -> values.put(Attributes.PREFIX + name, cut(value)));
            return values;
        }
    }

    private static String cut(String text) {
        return Texts.raw(text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE - 1) + "…" : text);
    }

    private Looked feed(Entity entity) {
        return Optional.ofNullable(feeds.get(entity)).orElseThrow(() -> new KontorException(KontorException.Kind.PLUGIN,
                "The source hands over " + entity.path() + ", which is not among its feeds."));
    }

    @Override
    public JobContext job() {
        return job;
    }

    @Override
    public boolean dryRun() {
        return true;
    }

    @Override
    public Optional<String> watermark(Entity entity) {
        return Optional.empty();
    }

    @Override
    public boolean records(Entity entity, List<Map<String, Object>> records, String watermark) {
        job.checkCancelled();
        Looked feed = feed(entity);
        for (int i = 0; i < records.size() && !feed.enough(); i++) {
            RowRefusedException unreadable = null;
            try {
                feed.fields.fill(feed.raw, records.get(i));
            } catch (RowRefusedException e) {
                unreadable = e;
            }
            feed.judge(feed.rows.size() + 1, unreadable);
        }
        return !feed.enough();
    }

    @Override
    public FileResult file(Entity entity, SourceFile file) throws IOException {
        job.checkCancelled();
        Looked feed = feed(entity);
        if (feed.enough()) {
            return FileResult.ENOUGH;
        }
        try (RecordReader reader = new FeedCsv(file, feed.fields)) {
            while (!feed.enough() && reader.next()) {
                RowRefusedException unreadable = null;
                try {
                    reader.read(feed.raw);
                } catch (RowRefusedException e) {
                    unreadable = e;
                }
                feed.judge(reader.line(), unreadable);
            }
            return FileResult.TAKEN;
        } catch (ZipException | EOFException e) {
            return refuse(file, "The compressed file is damaged or not complete.");
        } catch (KontorException e) {
            if (e.kind() != KontorException.Kind.DATA) {
                throw e;
            }
            return refuse(file, e.getMessage());
        }
    }

    private FileResult refuse(SourceFile file, String reason) {
        refused.add(file.name() + ": " + reason);
        return FileResult.REFUSED;
    }

    /**
     * What was found.
     *
     * @param error why the source could not be read to the end; null when it could
     */
    Sources.Preview preview(String error) {
        List<FeedPreview> found = feeds.values().stream().map(looked -> new FeedPreview(looked.feed.entity(), looked.feed.from(),
                List.copyOf(looked.fields.leftOut()), List.copyOf(looked.rows))).toList();
        return new Sources.Preview(found, List.copyOf(refused), error);
    }
}

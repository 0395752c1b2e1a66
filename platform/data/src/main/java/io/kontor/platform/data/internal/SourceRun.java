package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.source.Feed;
import io.kontor.api.source.RecordSink;
import io.kontor.api.source.SourceFile;
import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/** Stores what a source hands over in one run. Memory holds one batch, however much there is. */
final class SourceRun implements RecordSink {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 1 << 16;
    private static final int MOST_RECORDS = 10_000;

    private final Database database;
    private final Memory memory;
    private final SourceTable table;
    private final SourceTable.Key key;
    private final Store store;
    private final String id;
    private final JobContext job;
    private final Clock clock;
    private final Map<Entity, Feed> declared = new EnumMap<>(Entity.class);
    private final Map<Entity, OpenFeed> open = new EnumMap<>(Entity.class);
    private final List<String> refused = new ArrayList<>();

    /**
     * Begins a run.
     *
     * @param database takes the rows
     * @param memory is told what has changed
     * @param store whose they are
     * @param plugin the source
     * @param id of the job
     * @param job progress, log and cancel
     * @param clock the time
     * @param feeds what the source reads
     */
    SourceRun(Database database, Memory memory, Store store, String plugin, String id, JobContext job, Clock clock, List<Feed> feeds) {
        this.database = database;
        this.memory = memory;
        this.table = new SourceTable(database);
        this.key = new SourceTable.Key(store.id(), plugin);
        this.store = store;
        this.id = id;
        this.job = job;
        this.clock = clock;
        feeds.forEach(feed -> declared.put(feed.entity(), feed));
    }

    /** What is needed to take records of one entity. */
    private final class OpenFeed {

        private final Records records;
        private final FeedFields fields;
        private final RowParser parser;
        private final RawRow raw;
        private final Rows rows;
        private final Ledger.Account total = new Ledger.Account(0);
        private Ledger.Account run;
        private int known;

        OpenFeed(Feed feed) {
            records = Records.of(feed.entity());
            fields = new FeedFields(records, feed.mapping(), store.timeZone());
            parser = new RowParser(records, store.id(), store.timeZone(), clock);
            raw = new RawRow(records);
            rows = new StoredRows(database, memory, records, store.id(), id, clock);
        }

        /** Stores what waits, with a watermark, and counts it for the feed. */
        void flush(Ledger.Account account, Ledger.Account before, String watermark) {
            Ledger.Account[] more = new Ledger.Account[1];
            rows.flush(account, connection -> {
                more[0] = account.since(before);
                SourceTable.advance(connection, key, records.entity(), watermark, more[0], clock.instant());
            });
            total.add(more[0]);
            before.become(account);
            job.progress(Double.NaN, records.entity().path() + ": " + total.records() + " rows read");
        }
    }

    private OpenFeed feed(Entity entity) {
        return open.computeIfAbsent(entity, any -> new OpenFeed(Optional.ofNullable(declared.get(entity)).orElseThrow(
                () -> new KontorException(KontorException.Kind.PLUGIN, "The source hands over " + entity.path() + ", which is not among its "
                        + "feeds."))));
    }

    @Override
    public JobContext job() {
        return job;
    }

    @Override
    public boolean dryRun() {
        return false;
    }

    @Override
    public Optional<String> watermark(Entity entity) {
        return Optional.ofNullable(table.progress(key).getOrDefault(entity, SourceTable.Progress.NONE).watermark());
    }

    @Override
    public boolean records(Entity entity, List<Map<String, Object>> records, String watermark) {
        if (records.size() > MOST_RECORDS || watermark != null && watermark.length() > SourceTable.WATERMARK_LENGTH) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The source hands over more than " + MOST_RECORDS
                    + " records together, or a watermark of more than " + SourceTable.WATERMARK_LENGTH + " characters.");
        }
        job.checkCancelled();
        OpenFeed feed = feed(entity);
        if (feed.run == null) {
            feed.run = table.openRun(key, entity, id, clock.instant());
        }
        Ledger.Account before = new Ledger.Account(0);
        before.become(feed.run);
        for (Map<String, Object> record : records) {
            feed.run.read();
            try {
                feed.fields.fill(feed.raw, record);
                feed.rows.add(feed.parser.parse(feed.raw));
            } catch (RowRefusedException e) {
                feed.run.putAside(feed.run.records(), e);
                feed.rows.putAside(0, feed.raw, Texts.raw(json(record)), e);
            }
        }
        feed.flush(feed.run, before, watermark);
        return true;
    }

    private static String json(Map<String, Object> record) {
        try {
            return JSON.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            return record.toString();
        }
    }

    @Override
    public FileResult file(Entity entity, SourceFile file) throws IOException {
        OpenFeed feed = feed(entity);
        SourceTable.FileKey name = new SourceTable.FileKey(file.name(), file.size(), file.modified());
        if (table.known(key, entity, name)) {
            feed.known++;
            return FileResult.KNOWN;
        }
        String content;
        try (FeedCsv header = new FeedCsv(file, feed.fields)) {
            content = content(file);
        } catch (ZipException | EOFException e) {
            return refuse(file, "The compressed file is damaged or not complete.");
        } catch (KontorException e) {
            if (e.kind() != KontorException.Kind.DATA) {
                throw e;
            }
            return refuse(file, e.getMessage());
        }
        Ledger.Account account = table.openFile(key, entity, id, content, name, clock.instant());
        if (account.finished()) {
            feed.known++;
            return FileResult.KNOWN;
        }
        job.log(entity.path() + ": " + file.name() + (account.records() == 0 ? "" : ", gone on with behind row " + account.records()));
        read(feed, file, account);
        return FileResult.TAKEN;
    }

    private FileResult refuse(SourceFile file, String reason) {
        refused.add(file.name() + ": " + reason);
        job.log("Refused " + file.name() + ": " + reason);
        return FileResult.REFUSED;
    }

    private void read(OpenFeed feed, SourceFile file, Ledger.Account account) throws IOException {
        Ledger.Account before = new Ledger.Account(0);
        before.become(account);
        try (RecordReader reader = new FeedCsv(file, feed.fields)) {
            for (long i = 0; i < account.records(); i++) {
                reader.next();
            }
            while (reader.next()) {
                account.read();
                try {
                    reader.read(feed.raw);
                    feed.rows.add(feed.parser.parse(feed.raw));
                } catch (RowRefusedException e) {
                    account.putAside(reader.line(), e);
                    feed.rows.putAside(reader.line(), feed.raw, reader.raw(), e);
                }
                if (feed.rows.pending() >= Rows.BATCH) {
                    job.checkCancelled();
                    feed.flush(account, before, null);
                }
            }
            job.checkCancelled();
            account.finish();
            feed.flush(account, before, null);
        }
    }

    /** A hash of what is in a file, unpacked; with it the whole file was read without fault. */
    private String content(SourceFile file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream bytes = new DigestInputStream(FeedCsv.plain(file), digest)) {
            byte[] chunk = new byte[CHUNK];
            while (bytes.read(chunk) >= 0) {
                job.checkCancelled();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The files that were refused, each with its reason. */
    List<String> refused() {
        return refused;
    }

    /** Tells the job's log what came of each feed, also when the run fails in the end. */
    void logCounts() {
        open.forEach((entity, feed) -> {
            job.log(entity.path() + ": " + feed.total.records() + " read, " + feed.total.stored() + " stored, " + feed.total.duplicates()
                    + " duplicates, " + feed.total.quarantined() + " quarantined" + (feed.known == 0 ? "" : "; files known: " + feed.known));
            if (!feed.fields.leftOut().isEmpty()) {
                job.log(entity.path() + ": left out " + Texts.raw(String.join(", ", feed.fields.leftOut())));
            }
        });
    }

    /** The result of the job: counts together and by entity. */
    Map<String, Object> result() {
        Ledger.Account all = new Ledger.Account(0);
        List<Map<String, Object>> feeds = new ArrayList<>();
        open.forEach((entity, feed) -> {
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put("entity", entity.path());
            counts.putAll(feed.total.result());
            counts.put("known", feed.known);
            feeds.add(counts);
            all.add(feed.total);
        });
        Map<String, Object> result = all.result();
        result.remove("issues");
        result.put("feeds", feeds);
        return result;
    }
}

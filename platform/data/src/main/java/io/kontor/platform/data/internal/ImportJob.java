package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.Imports;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Imports a received file batch by batch. Each batch is one transaction together with the ledger, so that an import that was broken off goes on
 * behind the last batch and counts nothing twice. Memory holds one batch, however long the file.
 */
@Component(property = JobHandler.TYPE + "=" + Imports.JOB)
public final class ImportJob implements JobHandler {

    private final Database database;
    private final Stores stores;
    private final Memory memory;
    private final Intake intake;
    private final Ledger ledger;
    private final Spool spool;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.data} names the data folder
     * @param database takes the rows
     * @param stores tell time zones
     * @param memory is told what has changed
     * @param intake has the latest transactions
     */
    @Activate
    public ImportJob(BundleContext context, @Reference Database database, @Reference Stores stores, @Reference Memory memory,
            @Reference Intake intake) {
        this(Path.of(context.getProperty("kontor.data")), database, stores, memory, intake, Clock.systemUTC());
    }

    ImportJob(Path data, Database database, Stores stores, Memory memory, Intake intake, Clock clock) {
        this.intake = intake;
        this.database = database;
        this.stores = stores;
        this.memory = memory;
        this.ledger = new Ledger(database);
        this.spool = new Spool(SpooledImports.folder(data));
        this.clock = clock;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws IOException {
        Map<String, Object> parameters = request.parameters();
        String file = (String) parameters.get("file");
        boolean dryRun = (Boolean) parameters.get("dryRun");
        Store store = stores.find(request.store())
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        Ledger.Account account = ledger.open(file, job);
        if (!account.finished()) {
            intake.settle();
            Records records = Records.of(Entity.of((String) parameters.get("entity")).orElseThrow());
            Rows rows = dryRun ? new CheckedRows(database, records) : new StoredRows(database, memory, records, store.id(), job, clock);
            read(parameters, records, store, account, rows, context);
            ledger.finish(account);
        }
        spool.remove(file);
        Map<String, Object> result = account.result();
        result.put("entity", parameters.get("entity"));
        result.put("dryRun", dryRun);
        context.progress(1, result.get("read") + " rows: " + result.get("stored") + (dryRun ? " to be stored, " : " stored, ")
                + result.get("duplicates") + " duplicates, " + result.get("quarantined") + " quarantined");
        return result;
    }

    private void read(Map<String, Object> parameters, Records records, Store store, Ledger.Account account, Rows rows, JobContext context)
            throws IOException {
        @SuppressWarnings("unchecked")
        Map<String, String> mapping = (Map<String, String>) parameters.get("mapping");
        @SuppressWarnings("unchecked")
        List<String> leftOut = (List<String>) parameters.getOrDefault("leftOut", List.of());
        long done = (Boolean) parameters.get("dryRun") ? 0 : account.records();
        try (Spool.Opened opened = spool.open((String) parameters.get("file"), records,
                Imports.Format.valueOf((String) parameters.get("format")), (Boolean) parameters.get("gzip"), mapping, Set.copyOf(leftOut))) {
            RecordReader reader = opened.reader();
            for (long i = 0; i < done; i++) {
                reader.next();
            }
            RowParser parser = new RowParser(records, store.id(), store.timeZone(), clock);
            RawRow raw = new RawRow(records);
            while (reader.next()) {
                take(reader, raw, parser, account, rows);
                if (rows.pending() >= Rows.BATCH) {
                    context.checkCancelled();
                    rows.flush(account, Rows.Besides.NOTHING);
                    context.progress(Math.min(0.99, opened.share()), account.records() + " rows read");
                }
            }
            context.checkCancelled();
            rows.flush(account, Rows.Besides.NOTHING);
        } catch (NoSuchFileException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The received file is not in the data folder of this server.", e);
        } catch (ZipException | EOFException e) {
            throw new KontorException(KontorException.Kind.DATA, "The compressed file is damaged behind row " + account.records()
                    + "; the rows before are stored.", e);
        }
    }

    private static void take(RecordReader reader, RawRow raw, RowParser parser, Ledger.Account account, Rows rows) {
        account.read();
        try {
            reader.read(raw);
            rows.add(parser.parse(raw));
        } catch (RowRefusedException e) {
            account.putAside(reader.line(), e);
            rows.putAside(reader.line(), raw, reader.raw(), e);
        }
    }
}

package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.ProductPictures;
import io.kontor.platform.data.internal.PictureArchive.RefusedPicture;
import io.kontor.platform.data.internal.PictureArchive.Unpacked;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the pictures of a received archive. When it is broken off it begins anew: each picture then takes the place of itself. */
@Component(property = JobHandler.TYPE + "=" + ProductPictures.JOB)
public final class PictureJob implements JobHandler {

    private final KeptPictures pictures;
    private final Ledger ledger;
    private final Spool spool;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.data} names the data folder
     * @param database where the ledger of received files is
     * @param pictures keeps them
     */
    @Activate
    public PictureJob(BundleContext context, @Reference Database database, @Reference KeptPictures pictures) {
        this(Path.of(context.getProperty("kontor.data")), database, pictures);
    }

    PictureJob(Path data, Database database, KeptPictures pictures) {
        this.pictures = pictures;
        this.ledger = new Ledger(database);
        this.spool = new Spool(SpooledImports.folder(data));
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws IOException {
        String file = (String) request.parameters().get("file");
        Ledger.Account account = ledger.open(file, job);
        Unpacked unpacked;
        try (SeekableByteChannel bytes = spool.channel(file);
                InputStream archive = new BufferedInputStream(Channels.newInputStream(bytes))) {
            double size = bytes.size();
            int[] seen = {0};
            unpacked = pictures.putAll(request.store(), archive, request.startedBy().name(), () -> {
                context.checkCancelled();
                context.progress(Math.min(0.99, position(bytes) / size), seen[0]++ + " pictures read");
            });
        } catch (NoSuchFileException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The received file is not in the data folder of this server.", e);
        }
        ledger.finish(account);
        spool.remove(file);
        context.progress(1, unpacked.stored() + " pictures stored, " + unpacked.refused() + " files not taken");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stored", unpacked.stored());
        result.put("refused", unpacked.refused());
        result.put("problems", unpacked.named().stream().map(PictureJob::told).toList());
        return result;
    }

    private static Map<String, Object> told(RefusedPicture refused) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", refused.name());
        fields.put("reason", refused.reason());
        return fields;
    }

    private static double position(SeekableByteChannel bytes) {
        try {
            return bytes.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

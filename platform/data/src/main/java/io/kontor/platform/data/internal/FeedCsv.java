package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.source.SourceFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads records from the CSV file of a source. For one thread. */
final class FeedCsv implements RecordReader {

    private static final int BUFFER = 1 << 16;

    private final FeedFields fields;
    private final Csv csv;
    private final List<String> header;

    /**
     * Opens a file and reads its header.
     *
     * @param file the file
     * @param fields sorts its columns
     * @throws KontorException of kind DATA naming the column, when the header cannot be accepted
     */
    FeedCsv(SourceFile file, FeedFields fields) throws IOException {
        this.fields = fields;
        this.csv = new Csv(plain(file), file.charset(), file.delimiter());
        boolean accepted = false;
        try {
            if (!csv.next()) {
                throw new KontorException(KontorException.Kind.DATA, "The file is empty; its first line must name the columns.");
            }
            if (csv.defect() != null) {
                throw new KontorException(KontorException.Kind.DATA, "The header in line " + csv.line() + " cannot be read: " + csv.defect()
                        + ".");
            }
            header = csv.fields().stream().map(String::strip).toList();
            fields.check(header);
            accepted = true;
        } finally {
            if (!accepted) {
                csv.close();
            }
        }
    }

    /** The bytes of a file, unpacked when its first two say that it is packed. */
    static InputStream plain(SourceFile file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(file.content().open(), BUFFER);
        try {
            bytes.mark(2);
            byte[] start = bytes.readNBytes(2);
            bytes.reset();
            boolean gzip = start.length == 2 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
            return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public boolean next() throws IOException {
        return csv.next();
    }

    @Override
    public long line() {
        return csv.line();
    }

    @Override
    public String raw() {
        return csv.raw();
    }

    @Override
    public void read(RawRow row) throws RowRefusedException {
        row.clear();
        List<String> values = csv.row(header.size());
        RowRefusedException first = null;
        for (int i = 0; i < values.size(); i++) {
            try {
                fields.set(row, header.get(i), values.get(i));
            } catch (RowRefusedException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public long bytesRead() {
        return csv.bytesRead();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}

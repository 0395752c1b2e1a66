package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.kontor.api.KontorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/** Reads records from lines of JSON objects. Nested values are refused: records are flat. */
final class JsonRecords implements RecordReader {

    private static final JsonFactory JSON = new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final FileText text;
    private final JsonFields fields;
    private long nextLine = 1;
    private long line;
    private int length;
    private boolean cut;
    private String kept;

    /**
     * Opens a file.
     *
     * @param in the bytes; closed with this
     * @param records what the rows are
     * @param mapping canonical column name to the file's own
     * @param leftOut the file's own names of what is not taken
     * @throws KontorException of kind DATA naming the column, when the mapping cannot be accepted
     */
    JsonRecords(InputStream in, Records records, Map<String, String> mapping, Set<String> leftOut) throws IOException {
        fields = new JsonFields(records, mapping, leftOut);
        text = new FileText(in);
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            text.mark();
            line = nextLine;
            boolean blank = true;
            cut = false;
            int c = text.next();
            for (; c != '\n' && c != FileText.END; c = text.next()) {
                blank &= c <= ' ';
                if (text.tooLong()) {
                    cut = true;
                    skipLine();
                    nextLine++;
                    return true;
                }
            }
            length = text.offset() - (c == '\n' ? 1 : 0);
            nextLine++;
            if (!blank) {
                return true;
            }
            if (c == FileText.END) {
                return false;
            }
        }
    }

    private void skipLine() throws IOException {
        length = Texts.RAW_LENGTH;
        kept = Texts.raw(text.text(0, length));
        int c = text.next();
        while (c != '\n' && c != FileText.END) {
            if (text.tooLong()) {
                text.mark();
            }
            c = text.next();
        }
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public String raw() {
        return cut ? kept : Texts.raw(text.text(0, Math.min(length, Texts.RAW_LENGTH)));
    }

    @Override
    public void read(RawRow row) throws RowRefusedException {
        row.clear();
        if (cut) {
            throw new RowRefusedException("", "the line is longer than " + FileText.LONGEST_RECORD + " characters");
        }
        try (JsonParser parser = JSON.createParser(text.window(), text.windowStart(), length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RowRefusedException("", "the line is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    throw new RowRefusedException(name, name + " must be a text, a number, true, false or null");
                }
                fields.set(row, name, token == JsonToken.VALUE_NULL ? null : parser.getText());
            }
            if (parser.nextToken() != null) {
                throw new RowRefusedException("", "the line has something behind its JSON object");
            }
        } catch (IOException e) {
            throw new RowRefusedException("", "the line is not a well-formed JSON object");
        }
    }

    @Override
    public long bytesRead() {
        return text.bytesRead();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}

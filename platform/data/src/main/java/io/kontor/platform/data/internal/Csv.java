package io.kontor.platform.data.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits CSV after RFC 4180 into fields. Written for ourselves because a wrong quote must cost one row, not the rest of the file: when a
 * quoted field does not end as it must, only the line in which the record began is given up, and reading goes on with the next line. The
 * libraries at hand stop there, or take all that follows as one field. Lines may end with LF, CRLF or CR; empty lines are passed over.
 *
 * <p>For one thread.
 */
final class Csv implements Closeable {

    private final FileText text;
    private final char delimiter;
    private final List<String> fields = new ArrayList<>();
    private long nextLine = 1;
    private long line;
    private int length;
    private String defect;

    Csv(InputStream in) throws IOException {
        this(in, StandardCharsets.UTF_8, ',');
    }

    /**
     * Opens a text.
     *
     * @param in the bytes; closed with this
     * @param charset how they are encoded unless a byte order mark says it
     * @param delimiter what stands between fields
     */
    Csv(InputStream in, Charset charset, char delimiter) throws IOException {
        text = new FileText(in, charset);
        this.delimiter = delimiter;
    }

    /** Goes to the next record; false at the end. */
    boolean next() throws IOException {
        int c = text.peek();
        while (c == '\n' || c == '\r') {
            endOfLine();
            c = text.peek();
        }
        text.mark();
        line = nextLine;
        defect = null;
        fields.clear();
        if (c == FileText.END) {
            return false;
        }
        boolean more = true;
        while (more && defect == null) {
            more = text.peek() == '"' ? quoted() : bare();
        }
        if (defect != null) {
            giveUpLine();
        }
        return true;
    }

    /** The fields of the present record; not to be used when it has a {@link #defect}. */
    List<String> fields() {
        return fields;
    }

    /**
     * The fields of a row as wide as the header.
     *
     * @param width how many columns the header has
     * @return the fields
     * @throws RowRefusedException when the row cannot be read or is not as wide
     */
    List<String> row(int width) throws RowRefusedException {
        if (defect() != null) {
            throw new RowRefusedException("", defect());
        }
        if (fields().size() != width) {
            throw new RowRefusedException("", "the row has " + fields().size() + " fields, the header " + width);
        }
        return fields();
    }

    /** What is wrong with the present record; null when it is well written. */
    String defect() {
        return defect;
    }

    /** The line in which the present record begins, from 1. */
    long line() {
        return line;
    }

    /** The present record as it stands in the file, without the end of its line; cut. */
    String raw() {
        return Texts.raw(text.text(0, Math.min(length, Texts.RAW_LENGTH)));
    }

    long bytesRead() {
        return text.bytesRead();
    }

    /** Reads a field without quotes; true when another follows. */
    private boolean bare() throws IOException {
        int from = text.offset();
        while (true) {
            int c = text.peek();
            if (c == delimiter || c == '\n' || c == '\r' || c == FileText.END) {
                fields.add(text.text(from, text.offset()));
                return endOfField(c);
            }
            if (text.tooLong()) {
                return tooLong();
            }
            text.next();
        }
    }

    /** Reads a field in quotes; true when another follows. */
    private boolean quoted() throws IOException {
        text.next();
        StringBuilder doubled = null;
        int from = text.offset();
        while (true) {
            int c = text.next();
            if (c == '"') {
                if (text.peek() != '"') {
                    int until = text.offset() - 1;
                    fields.add(doubled == null ? text.text(from, until) : doubled.append(text.text(from, until)).toString());
                    return endOfQuoted();
                }
                doubled = doubled == null ? new StringBuilder() : doubled;
                doubled.append(text.text(from, text.offset()));
                text.next();
                from = text.offset();
            } else if (c == FileText.END) {
                defect = "a quote is opened and not closed";
                return false;
            } else if (c == '\n' || c == '\r' && text.peek() != '\n') {
                nextLine++;
            }
            if (text.tooLong()) {
                return tooLong();
            }
        }
    }

    private boolean endOfQuoted() throws IOException {
        int c = text.peek();
        if (c != delimiter && c != '\n' && c != '\r' && c != FileText.END) {
            defect = "a closing quote is followed by something other than a " + (delimiter == ',' ? "comma" : "delimiter");
            return false;
        }
        return endOfField(c);
    }

    private boolean endOfField(int c) throws IOException {
        if (c == delimiter) {
            text.next();
            return true;
        }
        length = text.offset();
        if (c != FileText.END) {
            endOfLine();
        }
        return false;
    }

    private boolean tooLong() {
        defect = "the record is longer than " + FileText.LONGEST_RECORD + " characters";
        return false;
    }

    private void endOfLine() throws IOException {
        if (text.next() == '\r' && text.peek() == '\n') {
            text.next();
        }
        nextLine++;
    }

    private void giveUpLine() throws IOException {
        text.rewind();
        nextLine = line;
        int c = text.peek();
        while (c != '\n' && c != '\r' && c != FileText.END && !text.tooLong()) {
            text.next();
            c = text.peek();
        }
        length = text.offset();
        while (c != '\n' && c != '\r' && c != FileText.END) {
            text.next();
            if (text.tooLong()) {
                text.mark();
            }
            c = text.peek();
        }
        if (c != FileText.END) {
            endOfLine();
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}

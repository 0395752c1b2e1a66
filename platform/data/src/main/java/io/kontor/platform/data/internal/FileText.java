package io.kontor.platform.data.internal;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a file, seen through a window that can go back to where the present record began. Memory is bounded by the longest record.
 * Bytes that are no text appear as {@link Texts#NOT_UTF8}. A byte order mark decides over the encoding and is passed over. For one thread.
 */
final class FileText implements Closeable {

    /** Longest record, in UTF-16 units. */
    static final int LONGEST_RECORD = 1 << 20;

    /** What {@link #peek} says behind the last character. */
    static final int END = -1;

    private static final int START_SIZE = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final CountingInputStream bytes;
    private final Reader reader;
    private char[] window = new char[START_SIZE];
    private int start;
    private int position;
    private int end;
    private boolean exhausted;

    /**
     * Opens the text.
     *
     * @param in the bytes; closed with this
     * @throws IOException when they cannot be read
     */
    FileText(InputStream in) throws IOException {
        this(in, StandardCharsets.UTF_8);
    }

    /**
     * Opens the text.
     *
     * @param in the bytes; closed with this
     * @param charset how they are encoded unless a byte order mark says it
     * @throws IOException when they cannot be read
     */
    FileText(InputStream in, Charset charset) throws IOException {
        bytes = new CountingInputStream(in);
        PushbackInputStream start = new PushbackInputStream(bytes, 2);
        byte[] two = start.readNBytes(2);
        start.unread(two);
        Charset marked = two.length < 2 ? charset : two[0] == (byte) 0xfe && two[1] == (byte) 0xff ? StandardCharsets.UTF_16BE
                : two[0] == (byte) 0xff && two[1] == (byte) 0xfe ? StandardCharsets.UTF_16LE
                : two[0] == (byte) 0xef && two[1] == (byte) 0xbb ? StandardCharsets.UTF_8 : charset;
        reader = new InputStreamReader(start, marked.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE).replaceWith(String.valueOf(Texts.NOT_UTF8)));
        if (peek() == BYTE_ORDER_MARK) {
            position++;
        }
    }

    /** Makes the present place the beginning of a record. */
    void mark() {
        start = position;
    }

    /** Goes back to the beginning of the record. */
    void rewind() {
        position = start;
    }

    /** The next character without going on; {@link #END} when there is none. */
    int peek() throws IOException {
        return position < end || fill() ? window[position] : END;
    }

    /** The next character; {@link #END} when there is none. */
    int next() throws IOException {
        return position < end || fill() ? window[position++] : END;
    }

    /** How far the place is from the beginning of the record. */
    int offset() {
        return position - start;
    }

    /** Whether the record has become longer than any record may be; the reading of it must stop then. */
    boolean tooLong() {
        return position - start >= LONGEST_RECORD;
    }

    /** A part of the record by offsets. */
    String text(int from, int until) {
        return new String(window, start + from, until - from);
    }

    char charAt(int offset) {
        return window[start + offset];
    }

    /** The characters of the record, from {@link #windowStart} on; valid until the next read. */
    char[] window() {
        return window;
    }

    int windowStart() {
        return start;
    }

    /** How many bytes of the file have been taken in, those read ahead included. */
    long bytesRead() {
        return bytes.count;
    }

    private boolean fill() throws IOException {
        if (exhausted) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(window, start, window, 0, end - start);
            position -= start;
            end -= start;
            start = 0;
        }
        if (end == window.length) {
            window = Arrays.copyOf(window, window.length * 2);
        }
        int read = reader.read(window, end, window.length - end);
        if (read < 0) {
            exhausted = true;
            return false;
        }
        end += read;
        return read > 0 || fill();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class CountingInputStream extends FilterInputStream {

        private long count;

        CountingInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}

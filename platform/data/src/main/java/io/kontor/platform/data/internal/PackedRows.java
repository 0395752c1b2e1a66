package io.kontor.platform.data.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows as {@link RowParser} makes them, as bytes: a format byte, then each row's values with their type before them. */
final class PackedRows {

    private static final int FORMAT = 1;
    private static final int ROW_BYTES = 256;

    private PackedRows() {
    }

    static byte[] pack(List<Object[]> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.size() * ROW_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            for (Object[] row : rows) {
                for (Object value : row) {
                    write(out, value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(0);
        } else if (value instanceof String text) {
            byte[] utf = text.getBytes(StandardCharsets.UTF_8);
            out.writeByte('s');
            out.writeInt(utf.length);
            out.write(utf);
        } else if (value instanceof Long number) {
            out.writeByte('l');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('d');
            out.writeDouble(number);
        } else if (value instanceof Integer number) {
            out.writeByte('i');
            out.writeInt(number);
        } else {
            throw new IllegalArgumentException("a row holds a " + value.getClass().getName());
        }
    }

    /**
     * Gives packed rows back.
     *
     * @param bytes what {@link #pack} made
     * @param width how many values a row has
     * @return the rows
     * @throws IllegalArgumentException when the bytes are of another format or width
     */
    static List<Object[]> unpack(byte[] bytes, int width) {
        List<Object[]> rows = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("rows of the format " + format);
            }
            while (in.available() > 0) {
                Object[] row = new Object[width];
                for (int i = 0; i < width; i++) {
                    row[i] = read(in);
                }
                rows.add(row);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("rows that end too early", e);
        }
        return rows;
    }

    private static Object read(DataInputStream in) throws IOException {
        int type = in.readByte();
        return switch (type) {
            case 0 -> null;
            case 's' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            case 'l' -> in.readLong();
            case 'd' -> in.readDouble();
            case 'i' -> in.readInt();
            default -> throw new IllegalArgumentException("a value of the type " + type);
        };
    }
}

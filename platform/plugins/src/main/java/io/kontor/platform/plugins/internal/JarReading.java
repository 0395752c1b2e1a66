package io.kontor.platform.plugins.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * One pass over the entries of a jar and of the jars on its class path: counts what comes out, checks sums, names and the Java version of
 * the classes. Sizes are measured, not believed.
 */
final class JarReading {

    private static final int CLASS_MAGIC = 0xCAFEBABE;
    private static final int CLASS_HEADER = 8;
    /** Class files of Java n have the major version n + 44. */
    private static final int MAJOR_OFFSET = 44;
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,4})/.*");

    private final JarLimits limits;
    private final long packed;
    private final int javaVersion;
    private final byte[] buffer = new byte[1 << 16];
    private int entries;
    private long unpacked;

    /**
     * A pass over one jar.
     *
     * @param limits how much it may hold
     * @param packed the jar's size in bytes
     * @param javaVersion the Java that will run the classes
     */
    JarReading(JarLimits limits, long packed, int javaVersion) {
        this.limits = limits;
        this.packed = packed;
        this.javaVersion = javaVersion;
    }

    /**
     * Reads one entry.
     *
     * @param entry what the jar's directory says of it
     * @param in its bytes; read to the end
     * @throws IOException when the bytes are damaged
     */
    void entry(ZipEntry entry, InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        read("", entry.getName(), in, sum);
        if (entry.getCrc() >= 0 && entry.getCrc() != sum.getValue()) {
            throw Refusals.unacceptable("The jar is damaged: the checksum of " + entry.getName() + " is wrong.");
        }
    }

    /**
     * Reads the entries of a jar within the jar.
     *
     * @param name the inner jar's entry
     * @param in its bytes
     * @throws IOException when the bytes are damaged
     */
    void nestedJar(String name, InputStream in) throws IOException {
        ZipInputStream inner = new ZipInputStream(in);
        ZipEntry entry = inner.getNextEntry();
        if (entry == null) {
            throw Refusals.unacceptable("The entry " + name + " on the bundle's class path is not a jar.");
        }
        for (; entry != null; entry = inner.getNextEntry()) {
            read(name + "!/", entry.getName(), inner, new CRC32());
        }
    }

    private void read(String prefix, String name, InputStream in, CRC32 sum) throws IOException {
        if (++entries > limits.entries()) {
            throw Refusals.tooLarge("The jar holds more than " + limits.entries() + " entries.");
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || ("/" + name + "/").contains("/../")) {
            throw Refusals.unacceptable("The entry " + prefix + name + " points outside the jar.");
        }
        int head = in.readNBytes(buffer, 0, buffer.length);
        if (name.endsWith(".class")) {
            classVersion(prefix, name, head);
        }
        for (int read = head; read > 0; read = in.readNBytes(buffer, 0, buffer.length)) {
            sum.update(buffer, 0, read);
            count(read);
        }
    }

    private void count(int read) {
        unpacked += read;
        if (unpacked > limits.unpacked() || unpacked > limits.unpacked() / 5 && unpacked / Math.max(1, packed) > limits.ratio()) {
            throw Refusals.tooLarge("The jar unpacks to more than " + (limits.unpacked() >> 20) + " MB or more than "
                + limits.ratio() + " times its size.");
        }
    }

    private void classVersion(String prefix, String name, int head) {
        Matcher versioned = VERSIONED.matcher(name);
        if (head < CLASS_HEADER || integer(0) != CLASS_MAGIC || versioned.matches() && Integer.parseInt(versioned.group(1)) > javaVersion) {
            return;
        }
        int needed = (integer(4) & 0xFFFF) - MAJOR_OFFSET;
        if (needed > javaVersion) {
            throw Refusals.unacceptable("The class " + prefix + name + " is compiled for Java " + needed + "; this server runs on Java "
                + javaVersion + ".");
        }
    }

    private int integer(int offset) {
        return (buffer[offset] & 0xFF) << 24 | (buffer[offset + 1] & 0xFF) << 16 | (buffer[offset + 2] & 0xFF) << 8
            | buffer[offset + 3] & 0xFF;
    }
}

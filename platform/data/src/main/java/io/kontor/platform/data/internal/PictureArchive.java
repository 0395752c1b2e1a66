package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.data.ProductPictures;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads the files of a ZIP archive as they come, each into memory by itself. No more is unpacked than the limits say: behind a file that is too
 * large nothing is read. For one thread.
 */
final class PictureArchive {

    private final InputStream archive;
    private final List<RefusedPicture> named = new ArrayList<>();
    private int stored;
    private int refused;

    /**
     * A file that was not taken.
     *
     * @param name as the archive names it
     * @param reason one sentence
     */
    record RefusedPicture(String name, String reason) {
    }

    /**
     * What became of an archive.
     *
     * @param stored how many pictures are kept now that were in it
     * @param refused how many files were not taken
     * @param named the first {@link ProductPictures#MOST_NAMED} of those
     */
    record Unpacked(int stored, int refused, List<RefusedPicture> named) {
    }

    /** Takes a file. */
    interface Taker {

        /**
         * Takes it.
         *
         * @param name as the archive names it, with {@code /}
         * @param bytes what is in it
         * @throws KontorException of kind DATA when it is not to be taken
         */
        void take(String name, byte[] bytes);
    }

    /**
     * Of a stream.
     *
     * @param archive the bytes
     */
    PictureArchive(InputStream archive) {
        this.archive = archive;
    }

    /** The bytes of a picture. */
    static byte[] most(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(ProductPictures.MOST_BYTES + 1);
        if (bytes.length > ProductPictures.MOST_BYTES) {
            throw new KontorException(Kind.CAPACITY, "The picture's file has more than " + (ProductPictures.MOST_BYTES >> 20) + " MiB.");
        }
        return bytes;
    }

    /**
     * Gives all files but those that file managers leave behind.
     *
     * @param taker takes them
     * @throws IOException when the stream breaks
     */
    void each(Taker taker) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        long unpacked = 0;
        int seen = 0;
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                seen++;
                String name = entry.getName().replace('\\', '/');
                byte[] bytes = zip.readNBytes(ProductPictures.MOST_BYTES + 1);
                unpacked += bytes.length;
                if (bytes.length > ProductPictures.MOST_BYTES || unpacked > ProductPictures.MOST_UNPACKED
                        || seen > ProductPictures.MOST_PICTURES) {
                    refuse(name, "The archive is too large here; nothing behind it was read.");
                    return;
                }
                if (!entry.isDirectory() && !leftBehind(name)) {
                    take(taker, name, bytes);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            refuse("", "The archive is damaged behind file " + seen + ", or its names are not in UTF-8.");
        }
    }

    /**
     * Looks at the beginning of an archive.
     *
     * @throws KontorException of kind DATA when it is no ZIP archive with files in it
     */
    static void check(InputStream archive) throws IOException {
        boolean any;
        try {
            any = new ZipInputStream(archive).getNextEntry() != null;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            any = false;
        }
        if (!any) {
            throw new KontorException(Kind.DATA, "This is no ZIP archive with files in it.");
        }
    }

    private void take(Taker taker, String name, byte[] bytes) {
        try {
            taker.take(name, bytes);
            stored++;
        } catch (KontorException e) {
            if (e.kind() != Kind.DATA) {
                throw e;
            }
            refuse(name, e.getMessage());
        }
    }

    private void refuse(String name, String reason) {
        refused++;
        if (named.size() < ProductPictures.MOST_NAMED) {
            named.add(new RefusedPicture(name, reason));
        }
    }

    private static boolean leftBehind(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/") || file.startsWith(".") || file.equalsIgnoreCase("Thumbs.db");
    }

    /** What became of the files. */
    Unpacked unpacked() {
        return new Unpacked(stored, refused, List.copyOf(named));
    }
}

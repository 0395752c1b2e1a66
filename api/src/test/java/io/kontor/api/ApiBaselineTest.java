package io.kontor.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.Baseline.Info;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the API with the one that plugins were last promised, kept as {@code baseline/io.kontor.api.jar}. A break without a raised
 * package version fails here. At a release the new jar takes the place of the old one.
 */
class ApiBaselineTest {

    private static final File BASELINE = new File("baseline/io.kontor.api.jar");

    @TempDir
    Path folder;

    @Test
    void everyChangeOfAPackageRaisesItsVersionEnough() throws Exception {
        try (Jar now = build(null); Jar then = new Jar(BASELINE)) {
            List<String> faults = compare(now, then).stream().filter(info -> info.mismatch)
                    .map(info -> info.packageName + " is " + info.newerVersion + " and must be at least " + info.suggestedVersion).toList();
            assertTrue(faults.isEmpty(), String.join("\n", faults));
        }
    }

    @Test
    void everyPackageOfTheBaselineIsStillExported() throws Exception {
        try (Jar now = build(null); Jar then = new Jar(BASELINE)) {
            Set<String> gone = new TreeSet<>(exports(then));
            gone.removeAll(exports(now));
            assertEquals(Set.of(), gone);
        }
    }

    @Test
    void aRemovedTypeIsNoticed() throws Exception {
        try (Jar broken = build("io/kontor/api/decision/Reason.class"); Jar then = new Jar(BASELINE)) {
            Set<Info> infos = compare(broken, then);
            Info decision = infos.stream().filter(i -> i.packageName.equals("io.kontor.api.decision")).findFirst().orElseThrow();
            assertTrue(decision.mismatch, "removing a type from a package must be a mismatch");
            assertFalse(infos.stream().anyMatch(i -> i.packageName.equals("io.kontor.api.store") && i.mismatch));
        }
    }

    private static Set<Info> compare(Jar now, Jar then) throws Exception {
        try (Processor reporter = new Processor()) {
            return new Baseline(reporter, new DiffPluginImpl()).baseline(now, then, null);
        }
    }

    private static Set<String> exports(Jar jar) throws Exception {
        return new Parameters(jar.getManifest().getMainAttributes().getValue("Export-Package")).keySet();
    }

    private Jar build(String without) throws Exception {
        try (Builder builder = new Builder()) {
            Jar classes = new Jar(new File("target/classes"));
            if (without != null) {
                classes.remove(without);
            }
            builder.addClasspath(classes);
            builder.setProperty("Bundle-SymbolicName", "io.kontor.api");
            builder.setProperty("Bundle-Version", "0.0.0");
            builder.setProperty("-includepackage", "io.kontor.api*");
            File file = Files.createTempFile(folder, "api", ".jar").toFile();
            builder.build().write(file);
            return new Jar(file);
        }
    }
}

package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.models.ModelCard;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that leave as a file and come back, and what is said of them. */
class ModelFilesTest {

    private static final String STORE = Shop.STORE.id();

    @TempDir
    private Path folder;
    private Workbench bench;
    private ZippedModels models;
    private ModelVersion trained;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(FreshDatabase.h2(folder), folder.resolve("files"), Shop.ofTwoTastes(60));
        models = new ZippedModels(bench.registry, bench.files, bench.plugins);
        bench.train("job-1", Map.of());
        trained = bench.registry.list(STORE, Workbench.SHELF).get(0);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private byte[] exported() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        models.write(STORE, trained.id(), out);
        return out.toByteArray();
    }

    private String profile(String model) {
        return new ModelJson().profile(bench.registry.profile(STORE, model).orElseThrow());
    }

    @Test
    void aModelComesBackAsTheChallengerWithAllThatIsKnownOfIt() throws IOException {
        ModelVersion back = models.read(STORE, new ByteArrayInputStream(exported()), "anna");
        assertEquals(Set.of("challenger"), back.aliases());
        assertEquals(trained.id(), bench.registry.release(STORE, Workbench.SHELF).champion().orElseThrow().id());
        assertEquals(trained.provenance(), back.provenance());
        assertEquals(trained.evaluation().metrics(), back.evaluation().metrics());
        assertEquals(trained.sha256(), back.sha256());
        assertEquals(profile(trained.id()), profile(back.id()));
        assertTrue(profile(trained.id()).contains("\"interactions\""), profile(trained.id()));
        assertEquals("anna", bench.registry.history(STORE, Workbench.SHELF, Long.MAX_VALUE, 1).get(0).author().name());
        assertEquals("Imported from a file.", bench.registry.decision(STORE, back.id()).orElseThrow().reason());
    }

    @Test
    void whatIsDamagedAnywhereIsRefusedInWordsAndLeavesNothing() throws IOException {
        byte[] file = exported();
        List<String> before = bench.artifacts();
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            byte[] bad = i % 2 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            if (i % 2 == 1) {
                bad[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ModelVersion read = models.read(STORE, new ByteArrayInputStream(bad), "anna");
                assertEquals(trained.sha256(), read.sha256(), "only what carries no content may be changed");
            } catch (KontorException e) {
                assertTrue(e.getMessage().endsWith("."), e.getMessage());
            }
        }
        byte[] none = "hello".getBytes(StandardCharsets.UTF_8);
        KontorException refused = assertThrows(KontorException.class, () -> models.read(STORE, new ByteArrayInputStream(none), "anna"));
        assertEquals("The file is no model that can be imported: it is no zip that begins with manifest.json.", refused.getMessage());
        assertEquals(bench.registry.list(STORE, null).size(), bench.artifacts().size(), "each file belongs to a model; before: " + before);
    }

    @Test
    void aModelOfAPluginThatIsNotEnabledIsRefused() throws IOException {
        byte[] file = exported();
        bench.plugins.disable(Workbench.SHELF);
        KontorException refused = assertThrows(KontorException.class, () -> models.read(STORE, new ByteArrayInputStream(file), "anna"));
        assertEquals(KontorException.Kind.CONFIGURATION, refused.kind());
        assertTrue(refused.getMessage().contains("which is not enabled for store berlin"), refused.getMessage());
    }

    @Test
    void aCardSaysWhatToMindInBothLanguages() {
        ModelCard card = new WrittenCards(bench.registry).of(STORE, trained.id(), Locale.ENGLISH).orElseThrow();
        assertEquals(trained.id(), card.model().id());
        assertTrue(card.decision().promoted());
        assertEquals(1, card.history().size());
        Instant day = trained.provenance().snapshot().to().plus(Duration.ofDays(45).plusHours(1));
        List<ModelCard.Limit> later = WrittenCards.limits(trained, day, Locale.ENGLISH);
        assertTrue(later.contains(new ModelCard.Limit(ModelCard.Kind.STALE, "What it learned from ends 45 days ago.")),
                later.toString());
        List<ModelCard.Limit> chinese = WrittenCards.limits(trained, day, Locale.CHINESE);
        assertTrue(chinese.contains(new ModelCard.Limit(ModelCard.Kind.STALE, "其学习的数据截止于 45 天前。")), chinese.toString());
        assertEquals(later.stream().map(ModelCard.Limit::kind).toList(), chinese.stream().map(ModelCard.Limit::kind).toList());
    }
}

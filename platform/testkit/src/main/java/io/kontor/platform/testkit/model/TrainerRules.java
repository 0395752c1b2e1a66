package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.model.Trainer;
import io.kontor.api.model.Training;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * What is expected of everything that learns from a store's demand.
 *
 * @param plugin learns
 * @param store has the records
 * @param model what it has learned from them
 * @param <M> the model's type
 */
record TrainerRules<M>(Trainer<M> plugin, SampleStore store, M model) {

    static final long SEED = 42;

    byte[] bytes(M trained) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(trained, out);
        return out.toByteArray();
    }

    M writtenAndRead() throws IOException {
        M read = plugin.read(new ByteArrayInputStream(bytes(model)));
        assertArrayEquals(bytes(model), bytes(read));
        return read;
    }

    void learnsTheSameFromTheSameDataAndSeed(Trainer<M> another) throws Exception {
        assertArrayEquals(bytes(model), bytes(another.train(store.training(SEED))));
    }

    void refusesADamagedModel() throws IOException {
        byte[] whole = bytes(model);
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(new byte[64])));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(new byte[0])));
    }

    void stopsTrainingWhenItIsCancelled() {
        assertThrows(CancellationException.class, () -> plugin.train(new Training(store.snapshot(), SEED, new SampleJob(0))));
    }

    void saysThatThereIsNothingToLearnFrom() {
        KontorException refused = assertThrows(KontorException.class, () -> plugin.train(new SampleStore(Locale.ENGLISH).training(SEED)));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        assertTrue(refused.getMessage().endsWith("."), "one plain sentence: " + refused.getMessage());
    }
}

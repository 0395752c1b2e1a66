package io.kontor.bundles.textencoders;

import io.kontor.api.feature.TextEncoder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** English by all-MiniLM-L6-v2, in eight bits: 384 numbers a text, a few milliseconds each. */
@Component(property = {TextEncoder.NAME + "=" + EnglishTexts.NAME, TextEncoder.LANGUAGE + "=en"})
public final class EnglishTexts implements TextEncoder {

    static final String NAME = "all-MiniLM-L6-v2-q";

    private final SentenceEncoder encoder;

    /** Loads the network. */
    @Activate
    public EnglishTexts() {
        encoder = new SentenceEncoder("/all-minilm-l6-v2-q.onnx", "/all-minilm-l6-v2-q-tokenizer.json", true, true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public float[] encode(String text) {
        return encoder.encode(text);
    }

    @Deactivate
    void close() {
        encoder.close();
    }
}

package io.kontor.bundles.textencoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.feature.TextEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static double cosine(TextEncoder encoder, String one, String other) {
        float[] a = encoder.encode(one);
        float[] b = encoder.encode(other);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void findsEnglishTextsThatMeanAlikeWithoutAWordInCommon() {
        EnglishTexts encoder = new EnglishTexts();
        assertEquals(384, encoder.encode("tea").length);
        assertEquals(1, cosine(encoder, "a cup of tea", "a cup of tea"), 1e-5);
        assertTrue(cosine(encoder, "running sneakers", "jogging shoes") > cosine(encoder, "running sneakers", "coffee mug") + 0.2);
        assertArrayEquals(encoder.encode("Café Crème"), encoder.encode("cafe creme"), "accents and capitals make no difference");
        assertEquals(384, encoder.encode("").length);
        encoder.close();
    }

    @Test
    void findsChineseTextsThatMeanAlike() {
        ChineseTexts encoder = new ChineseTexts();
        assertEquals(512, encoder.encode("茶").length);
        assertTrue(cosine(encoder, "男士跑步鞋", "运动慢跑球鞋") > cosine(encoder, "男士跑步鞋", "陶瓷咖啡杯") + 0.1);
        encoder.close();
    }

    @Test
    void splitsWordsAsTheVocabularySays() throws IOException {
        try (InputStream json = TextsTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            WordPieces words = new WordPieces(json, true);
            // [CLS] embed ##ding ##s , tea ##pot ! [SEP], as the tokenizer of the network's authors gives them.
            assertArrayEquals(new long[] {101, 7861, 8270, 4667, 2015, 1010, 5572, 11008, 999, 102}, words.of("Embeddings, TEApot!", 96));
            assertArrayEquals(new long[] {101, 5572, 102}, words.of("tea tea tea", 3));
        }
    }

    @Test
    void takesTheLongestPieces() throws IOException {
        String json = "{\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"tea\":3,\"##pot\":4,\"##po\":5,\"\\u8336\":6,\"\\\"\":7,\"pots\":8}}";
        WordPieces words = new WordPieces(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), true);
        assertArrayEquals(new long[] {1, 3, 4, 6, 7, 0, 3, 2}, words.of("teapot茶\"teapots TEA", 20));
        assertArrayEquals(new long[] {1, 2}, words.of(" \t\n", 20));
        assertArrayEquals(new long[] {1, 0, 2}, words.of("x".repeat(101), 20));
    }
}

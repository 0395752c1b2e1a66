package io.kontor.recommend.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plugin where an encoder of texts is deployed. */
class EncodedContentTest extends TrainedRecommenderContract<Taste> {

    @Override
    protected TrainedRecommender<Taste> plugin(SampleStore data) {
        return content(data, new Deployed(new Deployed.Topics()));
    }

    private static ContentRecommender content(SampleStore data, Deployed deployed) {
        return new ContentRecommender(DefaultSettings.of(ContentRecommender.Settings.class), data, deployed);
    }

    @Test
    void findsTheTasteOfANewProductWithoutAWordInCommon() throws Exception {
        SampleStore store = ContentRecommenderTest.english();
        ContentRecommender plugin = content(store, new Deployed(new Deployed.Topics()));
        Taste model = plugin.train(store.training(1));
        assertEquals("topics-1", model.meanings().name());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(model, out);
        Taste read = plugin.read(new ByteArrayInputStream(out.toByteArray()));
        ContentRecommenderTest.add(store, "new", "Set for brewing", "gifts", "Others");
        for (Taste each : List.of(model, read)) {
            List<RankedItem> forTea = plugin.recommend(each, ContentRecommenderTest.of(store, "t0")).items();
            assertTrue(ContentRecommenderTest.products(forTea).contains("new"), forTea.toString());
        }
        List<String> beside = ContentRecommenderTest.products(plugin.recommend(model, ContentRecommenderTest.about("new")).items());
        assertTrue(beside.subList(0, 6).stream().allMatch(product -> product.startsWith("tea")), beside.toString());
        ContentRecommender words = content(store, new Deployed(null));
        assertTrue(ContentRecommenderTest.products(words.recommend(words.train(store.training(1)), ContentRecommenderTest.about("new")).items())
                .isEmpty(), "words alone find nothing");
    }

    @Test
    void goesOnByWordsWhenTheEncoderIsTakenAway() throws Exception {
        SampleStore store = ContentRecommenderTest.english();
        Taste model = content(store, new Deployed(new Deployed.Topics())).train(store.training(1));
        ContentRecommenderTest.add(store, "new", "White tea", "kitchen/tea", "Leaf");
        List<RankedItem> items = content(store, new Deployed(null)).recommend(model, ContentRecommenderTest.of(store, "t0")).items();
        assertTrue(ContentRecommenderTest.products(items).contains("new"), items.toString());
    }

    @Test
    void keepsPlacesInEightBits() {
        Space meanings = Space.of("x", 3, List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {0.8f, 0.6f})::get);
        float[] one = meanings.of(0);
        assertEquals(1, Math.sqrt(Space.times(one, one)), 0.01);
        float[] near = new float[3];
        meanings.add(one, 1, near);
        assertEquals(1, near[0], 0.02);
        assertTrue(near[2] > 0 && near[1] < 0, "seen from the middle the second is on the other side");
        assertEquals(0, Space.times(meanings.seen(null), one));
    }
}

package io.kontor.api.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kontor.api.choice.SparseMatrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    @Test
    void comparesWordsAsTheFormulaSays() {
        Terms one = new Words().title("tea tea pot").category("a/b").terms();
        assertEquals(4, one.size(), "tea, pot, category a and category a/b");
        Vocabulary vocabulary = Vocabulary.of(List.of(one, new Words().title("pot").terms(), Terms.NONE));
        Terms weighed = vocabulary.weighed(one);
        assertEquals(1, weighed.times(weighed), 1e-6);
        double rare = Math.log(4.0 / 2);
        double common = Math.log(4.0 / 3);
        double tea = rare * (1 + Math.log(2));
        double length = Math.sqrt(tea * tea + common * common + 2 * rare * rare);
        assertEquals(common / length, weighed.times(vocabulary.weighed(new Words().title("Pot").terms())), 1e-6);
    }

    @Test
    void comesBackAsItWasWritten() throws Exception {
        Terms one = new Words().brand("Kontor").attribute("colour", "red").description("a teapot").terms();
        Vocabulary vocabulary = Vocabulary.of(List.of(one, new Words().brand("kontor").terms()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vocabulary.write(new DataOutputStream(out));
        Vocabulary read = Vocabulary.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));
        assertArrayEquals(vocabulary.weighed(one).weights(), read.weighed(one).weights());
    }

    @Test
    void leavesOutWhatMoreThanAFifthOfALargerCatalogueHas() {
        Terms common = new Words().title("tea").terms();
        assertSame(Terms.NONE, Vocabulary.of(Collections.nCopies(200, common)).weighed(common));
    }

    @Test
    void laysVectorsOutAsRows() {
        SparseMatrix matrix = Terms.matrix(List.of(new Terms(new int[] {1, 3}, new float[] {2, 4}), Terms.NONE), 5);
        assertEquals(2, matrix.rows());
        assertArrayEquals(new int[] {1, 3}, matrix.columnsOf(0));
        assertArrayEquals(new float[] {2, 4}, matrix.valuesOf(0));
        assertEquals(0, matrix.length(1));
    }
}

package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ItemsTest {

    @Test
    void keepsIndicesWhenOthersComeBehind() throws IOException {
        Items few = new Items(new String[] {"a", "b"});
        Items more = few.with(new String[] {"c"}).with(new String[] {"d", "e"});
        assertEquals(5, more.size());
        assertEquals(2, few.size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        more.write(new DataOutputStream(bytes));
        Items read = Items.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        String[] ids = {"a", "b", "c", "d", "e"};
        for (int i = 0; i < ids.length; i++) {
            assertEquals(ids[i], more.id(i));
            assertEquals(i, more.indexOf(ids[i]));
            assertEquals(i, read.indexOf(ids[i]));
        }
        assertEquals(-1, few.indexOf("c"));
        assertEquals(-1, more.indexOf("f"));
        assertThrows(IllegalArgumentException.class, () -> more.with(new String[] {"a"}));
        assertThrows(IllegalArgumentException.class, () -> more.with(new String[] {"f", "f"}));
    }
}

package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Picture;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures in WebP, of 40 x 30 pixels with a darker left half, as libwebp writes them. */
class WebpTest {

    private static final String LOSSY = "UklGRlwAAABXRUJQVlA4IFAAAAAQBACdASooAB4APm0skkWkIqGYBABABsSxgGXpwP0Blf4Hoz2Y7cYsAAD+8ZWP4bjpyD9QCELZ"
            + "qNzFKIVFU/Owqq0PYX8E9hYn/Se/BQAAAA==";
    private static final String LOSSLESS = "UklGRigAAABXRUJQVlA4TBsAAAAvJ0AHAA9QoIIVZP4jCAkI/9d64IEc0f8AawgA";
    private static final String CLEAR = "UklGRpoAAABXRUJQVlA4WAoAAAAQAAAAJwAAHQAAQUxQSBQAAAABDzD/ERFCSED4v9YDD+SI/gdYQ1ZQOCBgAAAAEAQAnQEqKAAe"
            + "AD5tLpNGJCKhoTAaqACADYljAMHaIABKulB9O6ORwgAA/vtV3dj34NaRBwwL8588IW/pxuz7K48gsmbYFV2egF3N06HjQJN74zYJ"
            + "hYgOsXhURNgYAAAA";
    private static final String MOVING = "UklGRhwBAABXRUJQVlA4WAoAAAACAAAAJwAAHQAAQU5JTQYAAAAAAAAAAABBTk1GdAAAAAAAAAAAACcAAB0AAGQAAAJWUDggXAAA"
            + "AFAEAJ0BKigAHgA+bS6TRiQioaEwGqgAgA2JYwDMS9b6Ayv8OdsL5kFefAAA/vEaN/xRepFP8hXCVaz//4vn/+nP/0t5vMhrHZdd"
            + "sISWjSudVb1PsgcWCJqJb4AAQU5NRnQAAAAAAAAAAAAnAAAdAABkAAAAVlA4IFwAAADUAwCdASooAB4APm0wkkWDAaqAAADYlADu"
            + "C+AbwCw/w0rwxJawuAAA/vRRH//v/ab53//5BiSlDNV/vD/5i//nf/+c7PKhuuyIjOXmblcm+B/sZjybu+/BnBCgAA==";

    private static byte[] bytes(String file) {
        return Base64.getDecoder().decode(file);
    }

    private static int channel(Picture picture, int x, int shift) {
        return picture.rgb()[15 * picture.width() + x] >> shift & 255;
    }

    @Test
    void readsWithLossWithoutAndWithTransparency() {
        for (String file : new String[] {LOSSY, LOSSLESS, CLEAR}) {
            Picture picture = PictureCodec.read(bytes(file));
            assertEquals(40, picture.width());
            assertEquals(30, picture.height());
            int left = file.equals(CLEAR) ? 0xffffff : 0x604020;
            int right = file.equals(CLEAR) ? 0x604020 : 0xc08040;
            for (int shift = 0; shift <= 16; shift += 8) {
                assertEquals(left >> shift & 255, channel(picture, 5, shift), 8);
                assertEquals(right >> shift & 255, channel(picture, file.equals(CLEAR) ? 24 : 35, shift), 8);
            }
        }
    }

    @Test
    void refusesWhatMovesIsTooLargeOrDamaged() {
        assertEquals("The picture moves; send one that stands still.",
                assertThrows(KontorException.class, () -> PictureCodec.read(bytes(MOVING))).getMessage());
        byte[] large = bytes(LOSSLESS);
        // Width and height less one, 14 bits each.
        large[21] = (byte) 0xff;
        large[22] = (byte) 0xff;
        large[23] = (byte) 0xff;
        large[24] |= 0x0f;
        assertEquals("The picture has 16384 x 16384 pixels; at most 16 million are taken.",
                assertThrows(KontorException.class, () -> PictureCodec.read(large)).getMessage());
        for (String file : new String[] {LOSSY, LOSSLESS}) {
            byte[] good = bytes(file);
            assertEquals("The picture is damaged.", assertThrows(KontorException.class,
                    () -> PictureCodec.read(Arrays.copyOf(good, good.length * 2 / 3))).getMessage());
        }
    }

    @Test
    void everyDamageIsARefusalOrAPicture() {
        Random random = new Random(1);
        int refused = 0;
        for (String file : new String[] {LOSSY, LOSSLESS, CLEAR}) {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = bytes(file);
                for (int hit = 0; hit < 3; hit++) {
                    bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
                }
                try {
                    assertTrue(PictureCodec.read(bytes).width() <= Picture.LONGEST);
                } catch (KontorException e) {
                    assertEquals(KontorException.Kind.DATA, e.kind());
                    refused++;
                }
            }
        }
        assertTrue(refused > 100, refused + " of 600 refused");
    }
}

package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Picture;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read of files of pictures, and what is refused. */
class PictureCodecTest {

    private static int red(Picture picture, int x, int y) {
        return picture.rgb()[y * picture.width() + x] >> 16 & 255;
    }

    @Test
    void readsTheFormatsOfShopsAndMakesThemSmall() {
        for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
            Picture small = PictureCodec.read(Drawn.file(format, 40, 30, 0xc08040));
            assertEquals(40, small.width(), format);
            assertEquals(0xc0, red(small, 30, 15), 4, format);
            assertEquals(0x60, red(small, 5, 15), 4, format);
            Picture large = PictureCodec.read(Drawn.file(format, 3_000, 1_500, 0xc08040));
            assertEquals(256, large.width(), format);
            assertEquals(128, large.height(), format);
            assertEquals(0xc0, red(large, 200, 60), 4, format);
            assertEquals(0x60, red(large, 60, 60), 4, format);
        }
        Picture line = PictureCodec.read(Drawn.file("png", 10_000, 1, 0xffffff));
        assertEquals(1, line.height());
    }

    @Test
    void whatIsSeenThroughIsWhiteAndGreysStayAsTheyAre() {
        assertEquals(0xffffff, PictureCodec.read(Drawn.clear()).rgb()[0]);
        assertEquals(0x808080, PictureCodec.read(Drawn.grey(0x80)).rgb()[7]);
    }

    @Test
    void whatIsKeptIsReadAgainAndIsTheSameEachTime() {
        Picture picture = PictureCodec.read(Drawn.file("png", 100, 80, 0x3070b0));
        byte[] kept = PictureCodec.write(picture);
        assertArrayEquals(kept, PictureCodec.write(picture));
        Picture again = PictureCodec.read(kept);
        assertEquals(picture.width(), again.width());
        for (int at = 0; at < again.rgb().length; at++) {
            assertEquals(picture.rgb()[at] >> 8 & 255, again.rgb()[at] >> 8 & 255, 12);
        }
    }

    @Test
    void refusesWhatIsNoPictureAndSaysWhy() {
        byte[] good = Drawn.file("jpeg", 300, 200, 0x3070b0);
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("This is no JPEG, PNG, GIF, BMP or WebP picture.", "<svg/>".getBytes());
        bad.put("The picture moves; send one that stands still.", Drawn.moving());
        bad.put("The picture has colours for print (CMYK); send one with colours for screens.", Drawn.forPrint());
        bad.put("The picture has 19000 x 19000 pixels; at most 40 million are taken.", Drawn.bomb());
        bad.put("The picture is damaged.", Arrays.copyOf(good, good.length / 2));
        bad.forEach((why, bytes) -> assertEquals(why, assertThrows(KontorException.class, () -> PictureCodec.read(bytes), why).getMessage()));
        assertThrows(KontorException.class, () -> PictureCodec.read(new byte[0]));
        byte[] png = Drawn.file("png", 300, 200, 0x3070b0);
        assertThrows(KontorException.class, () -> PictureCodec.read(Arrays.copyOf(png, png.length / 2)));
    }

    @Test
    void everyDamageIsARefusalOrAPicture() {
        Random random = new Random(1);
        int refused = 0;
        for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
            byte[] good = Drawn.file(format, 64, 48, 0x3070b0);
            for (int i = 0; i < 150; i++) {
                byte[] bytes = good.clone();
                for (int hit = 0; hit < 4; hit++) {
                    bytes[random.nextInt(Math.min(bytes.length, 400))] = (byte) random.nextInt();
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

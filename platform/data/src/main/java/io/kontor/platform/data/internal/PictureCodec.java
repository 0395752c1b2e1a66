package io.kontor.platform.data.internal;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Picture;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads pictures that somebody sent, and keeps them small. Sizes are read before any pixel, large pictures are thinned out while they are
 * decoded, and one of them is decoded at a time, so that no picture takes more memory than the limits say.
 */
final class PictureCodec {

    private static final List<String> FORMATS = List.of("jpeg", "png", "gif", "bmp");
    private static final int LONGEST_SIDE = 20_000;
    private static final int MOST_PIXELS = 40_000_000;
    /** WebP is decoded as a whole, which takes up to eight bytes a pixel. */
    private static final int MOST_PIXELS_WHOLE = 16_000_000;
    private static final int MOST_MISSED = 100;
    private static final int WHITE = 255;
    private static final int WEBP_AT = 8;
    private static final int PRINT_CHANNELS = 4;
    private static final float QUALITY = 0.9f;

    private PictureCodec() {
    }

    /**
     * Reads a file.
     *
     * @param bytes JPEG, PNG, GIF, BMP or WebP
     * @return the picture, of at most {@link Picture#LONGEST} a side
     * @throws KontorException of kind DATA, saying what is wrong with it
     */
    static Picture read(byte[] bytes) {
        try (ImageInputStream in = new Ending(bytes)) {
            ImageReader reader = webp(bytes) ? new WebPImageReaderSpi().createReaderInstance(null) : reader(in);
            try {
                if (channels(bytes) == PRINT_CHANNELS) {
                    throw refused("The picture has colours for print (CMYK); send one with colours for screens.");
                }
                return read(reader, in);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // Decoders meet damaged files with exceptions of many kinds.
            throw e instanceof KontorException known ? known : refused("The picture is damaged.");
        }
    }

    /** The bytes of a file. Decoders that take what is behind the end of a damaged one for zeros do so for a short while only. */
    private static final class Ending extends MemoryCacheImageInputStream {

        private int missed;

        Ending(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read() throws IOException {
            return counted(super.read());
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            return counted(super.read(into, at, length));
        }

        private int counted(int read) {
            if (read < 0 && ++missed > MOST_MISSED) {
                throw refused("The picture is damaged.");
            }
            return read;
        }
    }

    // A RIFF file of this kind. Its reader is not among those that Java finds, as bundles have class loaders of their own.
    private static boolean webp(byte[] bytes) {
        return bytes.length > WEBP_AT + 4 && new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(bytes, WEBP_AT, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    private static ImageReader reader(ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext();) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw refused("This is no JPEG, PNG, GIF, BMP or WebP picture.");
    }

    // How many colours a JPEG has, from the header of its frame (ITU T.81, B.2.2); 0 for other formats. Decoders take four for what they like.
    private static int channels(byte[] bytes) {
        int at = 2;
        while (at + 9 < bytes.length && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8 && bytes[at] == (byte) 0xff) {
            int marker = bytes[at + 1] & 255;
            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                return bytes[at + 9] & 255;
            }
            at += marker == 0xff ? 1 : 2 + ((bytes[at + 2] & 255) << 8 | bytes[at + 3] & 255);
        }
        return 0;
    }

    private static Picture read(ImageReader reader, ImageInputStream in) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        boolean webp = reader.getFormatName().equalsIgnoreCase("webp");
        boolean moves = webp || reader.getFormatName().equalsIgnoreCase("gif");
        reader.setInput(in, !moves, true);
        if (moves && reader.getNumImages(true) != 1) {
            throw refused("The picture moves; send one that stands still.");
        }
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        int most = webp ? MOST_PIXELS_WHOLE : MOST_PIXELS;
        if (width > LONGEST_SIDE || height > LONGEST_SIDE || (long) width * height > most) {
            throw refused("The picture has " + width + " x " + height + " pixels; at most " + most / 1_000_000
                    + " million are taken.");
        }
        ImageReadParam thinned = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(width, height) / (2 * Picture.LONGEST));
        thinned.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = step == 1 ? reader.read(0, thinned) : alone(reader, thinned);
        // The decoder of JPEG fills up what is missing and only warns.
        if (warnings.stream().anyMatch(warning -> warning.matches("(?i).*(truncat|premature|corrupt|EOI).*"))) {
            throw refused("The picture is damaged.");
        }
        return small(image);
    }

    private static synchronized BufferedImage alone(ImageReader reader, ImageReadParam param) throws IOException {
        return reader.read(0, param);
    }

    /** The picture in the middle of the pixels that stand for each of its own, on white. */
    private static Picture small(BufferedImage image) {
        int longer = Math.max(image.getWidth(), image.getHeight());
        int width = longer <= Picture.LONGEST ? image.getWidth() : Math.max(1, image.getWidth() * Picture.LONGEST / longer);
        int height = longer <= Picture.LONGEST ? image.getHeight() : Math.max(1, image.getHeight() * Picture.LONGEST / longer);
        int[] rgb = new int[width * height];
        int[] line = new int[image.getWidth()];
        long[] sums = new long[width * 4];
        for (int y = 0; y < height; y++) {
            int from = (int) ((long) y * image.getHeight() / height);
            int until = (int) ((long) (y + 1) * image.getHeight() / height);
            Arrays.fill(sums, 0);
            for (int source = from; source < until; source++) {
                pixels(image, source, line);
                for (int x = 0; x < line.length; x++) {
                    int at = (int) ((long) x * width / line.length) * 4;
                    sums[at] += line[x] >> 16 & WHITE;
                    sums[at + 1] += line[x] >> 8 & WHITE;
                    sums[at + 2] += line[x] & WHITE;
                    sums[at + 3]++;
                }
            }
            for (int x = 0; x < width; x++) {
                long count = sums[x * 4 + 3];
                rgb[y * width + x] = (int) ((sums[x * 4] + count / 2) / count) << 16 | (int) ((sums[x * 4 + 1] + count / 2) / count) << 8
                        | (int) ((sums[x * 4 + 2] + count / 2) / count);
            }
        }
        return new Picture(width, height, rgb);
    }

    private static void pixels(BufferedImage image, int y, int[] line) {
        ColorModel colours = image.getColorModel();
        // Java takes greys for linear light, which files do not mean.
        if (!(colours instanceof IndexColorModel) && colours.getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            Raster raster = image.getRaster();
            int bits = colours.getComponentSize(0);
            boolean clear = raster.getNumBands() > 1;
            for (int x = 0; x < line.length; x++) {
                int grey = raster.getSample(x, y, 0) * WHITE / ((1 << bits) - 1);
                int alpha = clear ? raster.getSample(x, y, 1) * WHITE / ((1 << bits) - 1) : WHITE;
                line[x] = onWhite(alpha << 24 | grey << 16 | grey << 8 | grey);
            }
            return;
        }
        image.getRGB(0, y, line.length, 1, line, 0, line.length);
        for (int x = 0; x < line.length; x++) {
            line[x] = onWhite(line[x]);
        }
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        if (alpha == WHITE) {
            return argb & 0xffffff;
        }
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            rgb |= ((argb >> shift & WHITE) * alpha + WHITE * (WHITE - alpha)) / WHITE << shift;
        }
        return rgb;
    }

    /**
     * Writes a picture as it is kept.
     *
     * @param picture the picture
     * @return JPEG, the same bytes for the same pixels
     */
    static byte[] write(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.rgb());
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static KontorException refused(String why) {
        return new KontorException(Kind.DATA, why);
    }
}

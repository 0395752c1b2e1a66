package io.kontor.platform.data.internal;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files of pictures of all kinds, good and bad. */
final class Drawn {

    private Drawn() {
    }

    /** A picture of one colour with a darker left half. */
    static byte[] file(String format, int width, int height, int rgb, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x < width / 2 ? 0xff000000 | rgb >> 1 & 0x7f7f7f : 0xff000000 | rgb);
            }
        }
        return written(format, image);
    }

    static byte[] file(String format, int width, int height, int rgb) {
        return file(format, width, height, rgb, BufferedImage.TYPE_INT_RGB);
    }

    static byte[] written(String format, BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("no writer of " + format);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of it seen through. */
    static byte[] clear() {
        return written("png", new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB));
    }

    /** Greys as scanners write them. */
    static byte[] grey(int value) {
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
        for (int at = 0; at < 400; at++) {
            image.getRaster().setSample(at % 20, at / 20, 0, value);
        }
        return written("png", image);
    }

    /** A picture that says it is very large and has hardly any bytes: black and white, one bit a pixel, well compressed. */
    static byte[] bomb() {
        BufferedImage image = new BufferedImage(19_000, 19_000, BufferedImage.TYPE_BYTE_BINARY);
        return written("png", image);
    }

    /** JPEG with the four colours of print. */
    static byte[] forPrint() {
        try {
            ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
            WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(raster, null, null), null);
            }
            writer.dispose();
            // Behind the mark of the beginning, that of the program which says which colours they are.
            byte[] plain = bytes.toByteArray();
            byte[] mark = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
            byte[] marked = new byte[plain.length + mark.length];
            System.arraycopy(plain, 0, marked, 0, 2);
            System.arraycopy(mark, 0, marked, 2, mark.length);
            System.arraycopy(plain, 2, marked, 2 + mark.length, plain.length - 2);
            return marked;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** GIF of two pictures. */
    static byte[] moving() {
        try {
            ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                writer.prepareWriteSequence(null);
                for (int i = 0; i < 2; i++) {
                    BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_INDEXED);
                    image.setRGB(i, i, 0xff00ff00);
                    writer.writeToSequence(new IIOImage(image, null, null), null);
                }
                writer.endWriteSequence();
            }
            writer.dispose();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of an archive. */
    record Entry(String name, byte[] bytes) {
    }

    static byte[] zip(List<Entry> entries) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Entry entry : entries) {
                    zip.putNextEntry(new ZipEntry(entry.name));
                    zip.write(entry.bytes);
                    zip.closeEntry();
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of products: uploaded, learned from, and what places a new product that nobody says a word of. */
class PicturesIT {

    private static final String CONTENT = "io.kontor.recommend.content";
    private static final String PICTURES = "/stores/shop/pictures";
    private static final int KINDS = 3;

    /** 40 x 30 pixels, darker on the left, as libwebp writes it with loss. */
    private static final String WEBP = "UklGRlwAAABXRUJQVlA4IFAAAAAQBACdASooAB4APm0skkWkIqGYBABABsSxgGXpwP0Blf4Hoz2Y7cYsAAD+8ZWP4bjpyD9QCELZqN"
            + "zFKIVFU/Owqq0PYX8E9hYn/Se/BQAAAA==";
    private static final int OF_A_KIND = 10;

    @TempDir
    Path folder;

    /** A thing of one of three colours and outlines before white. */
    private static byte[] drawn(String format, int kind, int seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        int colour = new int[] {0xc03020, 0x2040b0, 0x208030}[kind] + random.nextInt(32);
        int size = 60 + random.nextInt(60);
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                int u = Math.abs(x - 200 - seed % 20);
                int v = Math.abs(y - 150);
                boolean inside = kind == 0 ? u * u + v * v < size * size : kind == 1 ? u < size && v < size / 2 : u + v < size;
                image.setRGB(x, y, inside ? colour : 0xfafafa);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int product = 0; product < KINDS * OF_A_KIND; product++) {
                zip.putNextEntry(new ZipEntry("shop/" + product + ".jpg"));
                zip.write(drawn("jpeg", product % KINDS, product));
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry("shop/broken.jpg"));
            zip.write(new byte[] {1, 2, 3});
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static String products() {
        StringBuilder csv = new StringBuilder("id,imageUrl\n");
        for (int product = 0; product < KINDS * OF_A_KIND; product++) {
            csv.append('p').append(product).append(",https://cdn.shop.example/media/shop/").append(product).append(".jpg?w=800\n");
        }
        return csv.append("lost,https://cdn.shop.example/media/shop/broken.jpg\n").toString();
    }

    private static String orders() {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int customer = 0; customer < 90; customer++) {
            for (int i = 0; i < 4; i++) {
                csv.append('o').append(customer).append('-').append(i).append(",2026-01-").append(10 + 3 * i).append("T10:00:00Z,c")
                        .append(customer).append(",p").append(random.nextInt(OF_A_KIND) * KINDS + customer % KINDS).append(",1,5\n");
            }
        }
        return csv.toString();
    }

    @Test
    void aNewProductIsPlacedByItsPictureAlone() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.PATIENT)) {
            Shop.create(server, "shop");
            server.json("PUT", "/stores/shop/plugins/" + CONTENT, "{}").expect(200);
            String upload = server.send("POST", PICTURES, archive(), "application/zip").expect(202).json().get("job").asText();
            JsonNode unpacked = server.job(upload, Duration.ofMinutes(3)).get("result");
            assertEquals(KINDS * OF_A_KIND, unpacked.get("stored").asInt());
            assertEquals("{\"name\":\"shop/broken.jpg\",\"reason\":\"This is no JPEG, PNG, GIF, BMP or WebP picture.\"}",
                    unpacked.get("problems").get(0).toString());
            server.importCsv("shop", "products", products());
            server.importCsv("shop", "orders", orders());
            String job = server.json("POST", "/stores/shop/plugins/" + CONTENT + "/train", "{\"seed\":1}").expect(202).json().get("job")
                    .asText();
            server.job(job, Duration.ofMinutes(3));
            String log = server.get("/jobs/" + job + "/log").expect(200).body();
            assertTrue(log.contains("1 products name a picture that was not uploaded, such as "
                    + "https://cdn.shop.example/media/shop/broken.jpg."), log);
            server.importCsv("shop", "products", "id,imageUrl\nnew,new.png\n");
            server.send("PUT", PICTURES + "/new.png", drawn("png", 1, 99), "image/png").expect(200);
            AtomicReference<JsonNode> beside = new AtomicReference<>();
            HotDeployIT.await("the picture is looked at", () -> {
                JsonNode answer = server.get("/stores/shop/recommendations?n=5&product=new&plugin=" + CONTENT).expect(200).json();
                beside.set(answer.get("items"));
                return answer.get("fallback").isNull() && beside.get().get(0).get("reasons").get(0).get("code").asText().contains("look");
            });
            List<String> like = beside.get().findValuesAsText("product");
            assertTrue(like.stream().allMatch(product -> Integer.parseInt(product.substring(1)) % KINDS == 1), like.toString());
            String reason = beside.get().get(0).get("reasons").get(0).get("text").asText();
            assertTrue(List.of("Looks like new.", "Goes with what looks like new.").contains(reason), reason);
            List<String> offered = server.get("/stores/shop/recommendations?n=12&plugin=" + CONTENT + "&customer=c1").expect(200).json()
                    .get("items").findValuesAsText("product");
            assertTrue(offered.contains("new"), "offered to who likes its kind: " + offered);
        }
    }

    @Test
    void picturesAreListedGivenReplacedAndRemoved() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.AS_SHIPPED)) {
            Shop.create(server, "shop");
            server.send("PUT", PICTURES + "/a/b%20c.png", drawn("png", 0, 1), "image/png").expect(200);
            assertEquals("a/b c.png", server.get(PICTURES).expect(200).json().get("items").get(0).get("name").asText());
            KontorServer.Answer bytes = server.get(PICTURES + "/a/b%20c.png").expect(200);
            assertEquals("image/jpeg", bytes.raw().headers().firstValue("Content-Type").orElse(""));
            assertEquals(256, ImageIO.read(new ByteArrayInputStream(bytes.raw().body())).getWidth());
            server.send("PUT", PICTURES + "/a.png", "no picture".getBytes(), "image/png").expect(422);
            server.send("PUT", PICTURES + "/a.png", new byte[(16 << 20) + 1], "image/png").expect(413);
            server.send("PUT", PICTURES + "/.a.png", drawn("png", 0, 1), "image/png").expect(422);
            server.send("POST", PICTURES, new byte[] {1, 2}, "application/zip").expect(422);
            server.send("PUT", PICTURES + "/w.webp", Base64.getDecoder().decode(WEBP), "image/webp").expect(200);
            BufferedImage webp = ImageIO.read(new ByteArrayInputStream(server.get(PICTURES + "/w.webp").expect(200).raw().body()));
            assertEquals(0xc0, webp.getRGB(35, 15) >> 16 & 255, 8);
            server.send("DELETE", PICTURES + "/a/b%20c.png", null, (String) null).expect(204);
            server.get(PICTURES + "/a/b%20c.png").expect(404);
            assertTrue(server.get("/openapi.json").expect(200).json().get("paths").has("/stores/{store}/pictures/{name}"));
        }
    }
}

package io.kontor.distribution.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of products come in by their page, as an archive and one by one, are shown there and removed. */
@ExtendWith(Running.class)
class PicturesIT {

    private static final String PAGE = "/admin/stores/looks/data/pictures";

    @TempDir
    Path folder;

    @Test
    void anArchiveIsUnpackedShownAndCleanedUp(KontorServer server, Browser browser) throws Exception {
        Shop.create(server, "looks");
        browser.prefer("en", "light");
        browser.complaints();
        browser.open(PAGE);
        browser.waitForText("main", "No pictures yet");
        assertEquals(List.of(), Axe.findings(browser));

        send(browser, "shop.zip", Shop.archive());
        browser.find("#outcome");
        browser.waitForText("main", "Pictures kept: 6. Files not taken: 1.");
        browser.waitForText("main tbody", "notes.txt");
        browser.waitForText("main tbody", "This is no JPEG, PNG, GIF, BMP or WebP picture.");
        assertEquals(List.of(), Axe.findings(browser));

        browser.click("Show the pictures");
        browser.waitForText("main h2", "Pictures: 6");
        assertEquals(6, ((Number) browser.run("return [...document.querySelectorAll('.gallery img')].length")).intValue());
        browser.until("a picture that does not load", shown -> (Boolean) browser.run(
                "return [...document.querySelectorAll('.gallery img')].every(image => image.complete && image.naturalWidth > 0)"));
        assertEquals(List.of(), Axe.findings(browser));

        browser.click("Remove shop/p0.png");
        browser.confirm();
        browser.waitForText("main h2", "Pictures: 5");
        assertFalse(names(server).contains("shop/p0.png"));

        send(browser, "single.png", Shop.drawn(3));
        browser.waitForText("#pictures-answer", "The picture single.png is kept.");
        assertEquals(List.of(), Axe.findings(browser));
        assertTrue(names(server).contains("single.png"));
        assertEquals(List.of(), browser.complaints());

        send(browser, "broken.png", new byte[] {1, 2, 3});
        browser.waitForText("#pictures-answer", "This is no JPEG, PNG, GIF, BMP or WebP picture.");
        assertEquals(List.of(), Axe.findings(browser));
        send(browser, "empty.zip", new byte[] {1, 2, 3});
        browser.waitForText("#pictures-answer", "This is no ZIP archive with files in it.");
    }

    private void send(Browser browser, String name, byte[] bytes) throws Exception {
        browser.open(PAGE);
        browser.find("input[type=file]").sendKeys(Files.write(folder.resolve(name), bytes).toString());
        browser.click("Send");
    }

    private static List<String> names(KontorServer server) {
        JsonNode items = server.get("/stores/looks/pictures").expect(200).json().get("items");
        return items.findValuesAsText("name");
    }
}

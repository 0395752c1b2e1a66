package io.kontor.distribution.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;

/** A file with errors comes in by the pages: matched, checked, imported; what is wrong is put aside and shown. */
@ExtendWith(Running.class)
class ImportIT {

    private static final String FILE = """
            order,when,article,pieces,unitPrice,note
            a,2026-01-01T10:00:00Z,p1,1,9.5,first
            b,2026-01-02T10:00:00Z,p1,2,-3,negative price
            c,yesterday,p2,1,4,no time
            d,2026-01-03T10:00:00Z,p2,1,4,last
            """;

    @TempDir
    Path folder;

    @Test
    void wrongRowsArePutAsideWithTheirReasons(KontorServer server, Browser browser) throws Exception {
        server.json("POST", "/stores", "{\"id\":\"files\",\"name\":\"Files\"}").expect(201);
        Path file = Files.writeString(folder.resolve("orders.csv"), FILE);
        browser.prefer("en", "light");
        browser.open("/admin/stores/files/import?entity=orders");
        browser.find("input[type=file]").sendKeys(file.toString());
        browser.click("Send file");

        browser.waitForText("main h1", "Match the columns");
        assertEquals(List.of(), Axe.findings(browser));
        choose(browser, 0, "orderId");
        choose(browser, 1, "time");
        choose(browser, 2, "productId");
        choose(browser, 3, "quantity");
        choose(browser, 5, "");
        browser.click("Check the file");
        browser.named("Import now");
        String checked = browser.find("main").getText();
        assertTrue(checked.contains("unitPrice must not be below 0"), checked);
        assertEquals(0, stored(server));
        assertEquals(List.of(), Axe.findings(browser));

        browser.click("Import now");
        browser.find("#outcome");
        browser.waitForText("main", "unitPrice must not be below 0");
        assertEquals(2, stored(server));
        browser.open("/admin/stores/files/quarantine");
        browser.waitForText("main tbody", "unitPrice must not be below 0");
        browser.waitForText("main tbody", "line 3");
        browser.waitForText("main tbody", "yesterday");
    }

    private static void choose(Browser browser, int column, String field) {
        new Select(browser.find("select[name=column" + column + "]")).selectByValue(field);
    }

    private static int stored(KontorServer server) {
        for (JsonNode each : server.get("/stores/files/data").expect(200).json().get("items")) {
            if (each.get("entity").asText().equals("orders")) {
                return each.get("rows").asInt();
            }
        }
        throw new AssertionError("no orders among the entities");
    }
}

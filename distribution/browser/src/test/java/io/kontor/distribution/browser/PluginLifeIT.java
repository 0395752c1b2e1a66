package io.kontor.distribution.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** The life of a plugin of somebody else, from the upload of its bundle to its removal, all of it by the pages. */
@ExtendWith(Running.class)
class PluginLifeIT {

    private static final String PLUGIN = "com.example.rising";
    private static final String TITLE = "Rising products";
    private static final String PAGE = "#navigation a[href$='/stores/life/pages/" + PLUGIN + "/rising']";
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);

    /** Two months in which "up" sells more and more, "down" less and less. */
    private static String orders() {
        StringBuilder lines = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int day = 0; day < 60; day++) {
            for (int customer = 0; customer < 12; customer++) {
                lines.append("o").append(day).append('-').append(customer).append(',').append(BEGIN.plusDays(day)).append("T12:00:00Z,c")
                        .append(customer).append(',').append(customer < 12 * day / 60 ? "up" : "down").append(",1,10\n");
            }
        }
        return lines.toString();
    }

    @Test
    void comesByUploadIsUsedAndLeavesNothingBehind(KontorServer server, Browser browser) {
        server.json("POST", "/stores", "{\"id\":\"life\",\"name\":\"Life\",\"currency\":\"EUR\",\"locale\":\"en\","
                + "\"timeZone\":\"Europe/Berlin\",\"country\":\"DE\"}").expect(201);
        server.importCsv("life", "products", "id,title\nup,Umbrella\ndown,Sun hat\n");
        server.importCsv("life", "orders", orders());
        browser.prefer("en", "light");

        upload(browser);
        browser.open("/admin/stores/life/plugins");
        String pages = browser.driver().getWindowHandle();
        String other = browser.driver().switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
        browser.open("/admin/stores/life");
        assertFalse(browser.has(PAGE));
        browser.run("window.sameDocument = true");
        browser.driver().switchTo().window(pages);
        browser.click("Enable " + TITLE);
        browser.find("#settings");
        browser.driver().switchTo().window(other);
        WebElement entry = browser.find(PAGE);
        assertEquals(true, browser.run("return window.sameDocument"));
        entry.click();
        browser.waitForText("main", "Umbrella");
        assertEquals(List.of(), Axe.findings(browser));
        browser.driver().close();
        browser.driver().switchTo().window(pages);

        setDays(browser);
        train(browser);
        decide(server, browser);
        leave(browser);
    }

    @Test
    void aTrainingShowsHowFarItIsWhileItRuns(KontorServer server, Browser browser, @TempDir Path folder) throws IOException {
        Path gate = folder.resolve("open");
        server.json("POST", "/stores", "{\"id\":\"patience\",\"name\":\"Patience\"}").expect(201);
        server.importCsv("patience", "orders", orders());
        server.send("POST", "/bundles", PatientPlugin.bundle(), "application/java-archive").expect(201);
        server.json("PUT", "/stores/patience/plugins/" + PatientPlugin.ID, "{\"settings\":{\"gate\":\""
                + gate.toString().replace("\\", "\\\\") + "\"}}").expect(200);
        browser.prefer("en", "light");
        browser.open("/admin/stores/patience/plugins/" + PatientPlugin.ID);
        browser.click("Train");
        browser.waitForText("#plugin-status .training", PatientPlugin.SAYS);
        int shown = browser.until("no bar of the training", page -> {
            WebElement bar = page.findElement(By.cssSelector("#plugin-status .training [role=progressbar]"));
            return bar.isDisplayed() ? Integer.valueOf(bar.getAttribute("aria-valuenow")) : null;
        });
        assertTrue(shown > 5 && shown < 95, () -> "the training waits in its middle, but shown is " + shown + " %");
        String job = server.get("/jobs?store=patience&state=RUNNING").expect(200).json().get("items").get(0).get("id").asText();
        browser.open("/admin/stores/patience/jobs");
        browser.find("main tbody [role=progressbar]");
        browser.waitForText("main tbody", "admin");
        browser.open("/admin/stores/patience/plugins/" + PatientPlugin.ID);
        browser.find("#plugin-status .training [role=progressbar]");
        Files.createFile(gate);
        browser.waitForText("#plugin-status .facts", "Model 1");
        assertEquals("{\"kind\":\"user\",\"name\":\"admin\"}", server.get("/jobs/" + job).expect(200).json().get("startedBy").toString());
        assertFalse(browser.has("#plugin-status .training [role=progressbar]"));
    }

    private static void upload(Browser browser) {
        browser.open("/admin/bundles");
        browser.find("#upload input[type=file]").sendKeys(Path.of(System.getProperty("kontor.example")).toAbsolutePath().normalize().toString());
        browser.waitForText("#plan .changes", PLUGIN);
        assertEquals(List.of(), Axe.findings(browser));
        browser.click("Deploy");
        browser.waitForText("#deployed", PLUGIN + " 1.0.0 is deployed.");
        browser.named("Remove " + PLUGIN + " 1.0.0");
    }

    private static void setDays(Browser browser) {
        browser.open("/admin/stores/life/plugins/" + PLUGIN);
        type(browser, "0");
        browser.find("#setting-days-fault");
        assertEquals("0", browser.find("#setting-days").getAttribute("value"));
        assertEquals("Give at least 1.", browser.find("#setting-days-fault").getText());
        type(browser, "20");
        browser.waitForText(".alert.good", "Saved");
        assertEquals("20", browser.find("#setting-days").getAttribute("value"));
    }

    private static void type(Browser browser, String days) {
        WebElement field = browser.find("#setting-days");
        field.clear();
        field.sendKeys(days);
        browser.click("Save");
    }

    private static void train(Browser browser) {
        browser.click("Train");
        browser.find("#plugin-status .training");
        browser.waitForText("#plugin-status", "The new model serves now.");
        browser.waitForText("#plugin-status .facts", "Model 1");
    }

    private static void decide(KontorServer server, Browser browser) {
        String request = server.get("/stores/life/recommendations?plugin=" + PLUGIN + "&n=2").expect(200).json().get("requestId").asText();
        browser.open("/admin/stores/life/decisions");
        browser.until("no link to the decision", shown -> shown.findElements(By.cssSelector("main tbody a[href$='" + request + "']")).stream()
                .findFirst().orElse(null)).click();
        browser.waitForText("main tbody", "Umbrella");
        browser.waitForText("main tbody .whys", "in the last 20 days");
    }

    private static void leave(Browser browser) {
        browser.open("/admin/stores/life/plugins/" + PLUGIN);
        browser.click("Disable");
        browser.confirm();
        browser.waitForText(".alert.good", TITLE + " is disabled");
        browser.until("still in the navigation", shown -> shown.findElements(By.cssSelector(PAGE)).isEmpty());
        browser.open("/admin/bundles");
        browser.click("Remove " + PLUGIN + " 1.0.0");
        browser.click("Remove the bundle");
        browser.waitForText(".alert.good", PLUGIN);
        browser.open("/admin/stores/life/pages/" + PLUGIN + "/rising");
        browser.waitForText(".alert.bad", "");
        assertFalse(browser.has(PAGE));
        browser.open("/admin/stores/life/plugins");
        assertEquals(List.of(), browser.driver().findElements(By.id("plugin-" + PLUGIN)));
        assertEquals(List.of(), browser.complaints().stream().filter(line -> line.contains("Content Security Policy")).toList());
    }
}

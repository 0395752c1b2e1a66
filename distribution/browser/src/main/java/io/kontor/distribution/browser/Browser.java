package io.kontor.distribution.browser;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Chromium without a window, with a fresh profile, before the admin pages of a server. The browser and its driver are those of the variables
 * {@code CHROME} and {@code CHROMEDRIVER}, else those that Debian installs, else Selenium fetches them.
 */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Notes that the protocol of the newest Chromium release is missing, which is not used here. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");
    private static final int WIDTH = 1360;
    private static final int HEIGHT = 1000;
    private static final int TALLEST = 4_000;

    private final ChromeDriver driver;
    private final String url;

    Browser(String url) {
        this.url = url;
        ChromeOptions options = new ChromeOptions();
        options.addArguments("--headless=new", "--window-size=" + WIDTH + "," + HEIGHT, "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--no-first-run", "--lang=en");
        if ("root".equals(System.getProperty("user.name"))) {
            options.addArguments("--no-sandbox");
        }
        DEVTOOLS.setLevel(Level.SEVERE);
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        File chrome = program("CHROME", "/usr/bin/chromium");
        if (chrome != null) {
            options.setBinary(chrome);
        }
        ChromeDriverService.Builder service = new ChromeDriverService.Builder();
        File chromeDriver = program("CHROMEDRIVER", "/usr/bin/chromedriver");
        this.driver = new ChromeDriver(chromeDriver == null ? service.build() : service.usingDriverExecutable(chromeDriver).build(), options);
    }

    private static File program(String variable, String usual) {
        String given = System.getenv(variable);
        return given != null ? new File(given) : Files.isExecutable(Path.of(usual)) ? new File(usual) : null;
    }

    WebDriver driver() {
        return driver;
    }

    void logIn(String name, String password) {
        open("/admin/");
        find("input[name=name]").sendKeys(name);
        find("input[name=password]").sendKeys(password);
        find("form button").click();
        find("#navigation");
    }

    /** Does something as a visitor who is not logged in. */
    void apart(Runnable visit) {
        Set<Cookie> cookies = driver.manage().getCookies();
        driver.manage().deleteAllCookies();
        try {
            visit.run();
        } finally {
            cookies.forEach(driver.manage()::addCookie);
        }
    }

    void open(String path) {
        driver.get(url + path);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** How the pages shall look and speak from now on. */
    void prefer(String language, String theme) {
        driver.manage().addCookie(new Cookie("kontor-language", language));
        driver.manage().addCookie(new Cookie("kontor-theme", theme));
    }

    /** The address behind the server's, without a query. */
    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** Waits for a condition; elements that a page just replaced are looked up again. */
    <T> T until(String what, Function<WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE).ignoring(StaleElementReferenceException.class)
                .withMessage(() -> what + "\n" + driver.getCurrentUrl() + "\n" + driver.findElement(By.tagName("body")).getText())
                .until(condition);
    }

    WebElement find(String css) {
        return until("no " + css, ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    /** A link or button by its name, as a screen reader says it. */
    WebElement named(String name) {
        return until("no link or button " + name, shown -> shown.findElements(By.cssSelector("a, button, summary, input")).stream()
                .filter(each -> each.isDisplayed() && name.equals(each.getAccessibleName())).findFirst().orElse(null));
    }

    /** Clicks once more when htmx replaced what was found. */
    void click(String name) {
        until("cannot click " + name, shown -> {
            named(name).click();
            return true;
        });
    }

    void confirm() {
        Alert question = until("no question", ExpectedConditions.alertIsPresent());
        question.accept();
    }

    void waitForText(String css, String text) {
        until("no " + text + " in " + css, shown -> shown.findElements(By.cssSelector(css)).stream()
                .anyMatch(each -> each.getText().contains(text)));
    }

    /** What the console complained about since the last call: scripts, failed requests, and what the pages' policy refused. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(Object::toString).toList();
    }

    /** A picture of the whole page, as in a window that is high enough for it. */
    byte[] picture() {
        size(HEIGHT);
        Number height = (Number) run("return document.documentElement.scrollHeight");
        size(Math.min(height.intValue(), TALLEST));
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    private void size(int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", WIDTH, "height", height, "deviceScaleFactor", 1,
                "mobile", false));
        driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    @Override
    public void close() {
        driver.quit();
    }
}

package io.kontor.distribution.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes pictures of all pages of the admin UI. */
@Command(name = "pictures", mixinStandardHelpOptions = true, description = "Takes a picture of every page of the admin UI in English and "
        + "Chinese, light and dark, in Chromium (that of CHROME and CHROMEDRIVER, else of the system, else one that is fetched). Without "
        + "--url it starts the demo and ends it afterwards. Build first: mvn -q -DskipTests package")
public final class Pictures implements Callable<Integer> {

    private static final String[] LANGUAGES = {"en", "zh"};
    private static final String[] THEMES = {"light", "dark"};

    @Parameters(paramLabel = "FOLDER", description = "Where they are written, as PAGE-LANGUAGE-THEME.png.")
    private Path folder;

    @Option(names = "--url", description = "A server that runs, for example http://127.0.0.1:8080; else the demo is started.")
    private String url;

    @Option(names = "--user", description = "Who logs in there (admin).", defaultValue = "admin")
    private String user;

    @Option(names = "--password", description = "That user's password; asked for when no value is given.", interactive = true, arity = "0..1")
    private String password;

    @Option(names = "--store", description = "The store whose pages are taken (electronics).", defaultValue = "electronics")
    private String store;

    @Option(names = "--each", paramLabel = "N", description = "How many pages of the same kind, for example of jobs (1).", defaultValue = "1")
    private int each;

    @Option(names = "--ask", paramLabel = "FIELD=TEXT", description = "What is asked in forms, for example customer=c17; may be repeated.")
    private Map<String, String> answers = Map.of();

    /**
     * Runs the command.
     *
     * @param arguments the folder and options
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Pictures()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        if (url != null) {
            take(url, password);
            return 0;
        }
        try (DemoServer demo = new DemoServer(Path.of(System.getProperty("kontor.home")))) {
            take(demo.url(), demo.password());
            return 0;
        }
    }

    private void take(String server, String secret) throws IOException {
        try (Browser browser = new Browser(server)) {
            browser.logIn(user, secret);
            Map<String, String> pages = new LinkedHashMap<>();
            Set<String> names = new HashSet<>();
            new Tour(browser, store, each, answers).walk(page -> pages.put(page, free(name(page), names)));
            int taken = 0;
            for (String language : LANGUAGES) {
                for (String theme : THEMES) {
                    browser.prefer(language, theme);
                    for (Map.Entry<String, String> page : pages.entrySet()) {
                        browser.open(page.getKey());
                        Files.write(folder.resolve(page.getValue() + "-" + language + "-" + theme + ".png"), browser.picture());
                        taken++;
                    }
                }
            }
            System.out.println(taken + " pictures of " + pages.size() + " pages are in " + folder);
        }
    }

    /** The address in words: without ids that say nothing, with the names of what is asked. */
    static String name(String page) {
        String[] parts = page.substring("/admin/".length()).split("\\?", 2);
        StringBuilder name = new StringBuilder(parts[0].replaceAll("(?<=/)(?=[a-z-]*\\d)[0-9a-z-]{20,}(?=/|$)", "one")
                .replaceAll("[^A-Za-z0-9.]+", "-"));
        if (parts.length == 2) {
            for (String pair : parts[1].split("&")) {
                name.append('-').append(pair.split("=")[0]);
            }
        }
        String tidy = name.toString().replaceAll("^-|-$", "");
        return tidy.isEmpty() ? "home" : tidy;
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }
}

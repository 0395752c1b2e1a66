package io.kontor.platform.launcher.cli;

import io.kontor.platform.demo.DemoStore;
import io.kontor.platform.launcher.Server;
import io.kontor.platform.launcher.Setting;
import io.kontor.platform.launcher.Settings;
import io.kontor.platform.launcher.StartFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A server with three stores that show what Kontor does. */
@CommandLine.Command(name = "demo", description = "Runs a server with three demo stores, shows what each family of plugins answers there, "
        + "and goes on until Ctrl-C or SIGTERM. The data folder must be empty or hold the demo.")
final class DemoCommand extends Command {

    private static final int PASSWORD_BYTES = 9;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the generated records (1).")
    private Long seed;

    @Option(names = "--until", paramLabel = "DATE", description = "Last day with records, such as 2026-01-31 (yesterday).")
    private LocalDate until;

    DemoCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        Settings settings = installation().settings();
        DemoFolder folder = new DemoFolder(settings.data());
        Optional<DemoFolder.Content> before = folder.content();
        before.ifPresent(this::checkAsked);
        DemoFolder.Content content = before.orElseGet(() -> new DemoFolder.Content(seed == null ? 1 : seed, until == null ? yesterday() : until,
                false));
        boolean own = before.isPresent() || folder.empty() && settings.given(Setting.DB_URL).isEmpty();
        String password = own && settings.given(Setting.ADMIN_PASSWORD).isEmpty() ? newPassword() : "";
        Settings used = password.isEmpty() ? settings : settings.with(Setting.ADMIN_PASSWORD, password);
        screen().out().println("Kontor demo: three stores, two years until " + content.last() + " from seed " + content.seed() + ".");
        new Server(used, "ERROR", () -> {
            show(folder, content, before.isPresent());
            tellWhereToGo(settings, password);
        }).run();
        return 0;
    }

    private void checkAsked(DemoFolder.Content content) {
        if (seed != null && seed != content.seed() || until != null && !until.equals(content.last())) {
            throw new CommandFailure("The data folder holds the demo of seed " + content.seed() + " until " + content.last()
                    + "; for another one set KONTOR_DATA to another folder.");
        }
    }

    /** The day before today where it is yesterday longest, so that no record lies in the future. */
    private static LocalDate yesterday() {
        return DemoStore.all().stream().map(store -> LocalDate.now(ZoneId.of(store.timeZone())).minusDays(1)).min(LocalDate::compareTo)
                .orElseThrow();
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void show(DemoFolder folder, DemoFolder.Content content, boolean known) {
        ApiClient api = connect();
        List<String> present = api.items("/stores").stream().map(store -> store.path("id").asText()).toList();
        if (!known && !present.isEmpty()) {
            throw new CommandFailure("There are stores already (" + String.join(", ", present)
                    + "), and the demo wants a server to itself; set KONTOR_DATA to another folder.");
        }
        if (content.complete()) {
            screen().out().println("The stores are there already; remove " + folder.path() + " to have them made again.");
        } else {
            DemoStore.all().stream().map(DemoStore::id).filter(present::contains).forEach(id -> api.delete(ApiClient.path("stores", id)));
            folder.write(content);
            new DemoLoading(this::connect, screen()).load(content);
            folder.write(content.completed());
        }
        DemoReport report = new DemoReport(api, screen().out());
        DemoStore.all().forEach(store -> report.print(store, store.history(content.seed(), content.last()).samples(),
                store.titles(content.seed())));
    }

    private ApiClient connect() {
        try {
            return installation().connect();
        } catch (StartFailure e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private void tellWhereToGo(Settings settings, String password) {
        String url = connect().address();
        long seconds = ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, Instant.now()).toSeconds())
                .orElse(0L);
        screen().out().println();
        screen().out().println("The results were there " + seconds + " s after the command. Kontor goes on until Ctrl-C.");
        screen().out().println("Admin UI   " + url + "/admin/");
        screen().out().println("Login      admin / " + (!password.isEmpty() ? password
                : settings.given(Setting.ADMIN_PASSWORD).isPresent() ? "as KONTOR_ADMIN_PASSWORD says" : "as shown at the first start"));
        screen().out().println("REST API   " + url + "/api/v1/openapi.json");
        screen().out().flush();
    }
}

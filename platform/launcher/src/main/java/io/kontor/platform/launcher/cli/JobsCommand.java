package io.kontor.platform.launcher.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The jobs. */
@CommandLine.Command(name = "jobs", description = "Lists the jobs, latest first.")
final class JobsCommand extends ClientCommand {

    @Option(names = "--store", paramLabel = "STORE", description = "Only of this store.")
    private String store;

    @Option(names = "--state", paramLabel = "STATE", description = "Only queued, running, succeeded, failed or cancelled ones.")
    private String state;

    JobsCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        StringBuilder path = new StringBuilder("/jobs");
        String separator = "?";
        if (store != null) {
            path.append(separator).append("store=").append(ApiClient.encoded(store));
            separator = "&";
        }
        if (state != null) {
            path.append(separator).append("state=").append(ApiClient.encoded(state.toUpperCase(Locale.ROOT)));
        }
        Table table = new Table("JOB", "TYPE", "STORE", "PLUGIN", "STATE", "DONE", "MESSAGE");
        api.items(path.toString()).forEach(job -> table.add(job.path("id").asText(), job.path("type").asText(),
                job.path("store").asText(""), job.path("plugin").asText(""), job.path("state").asText(),
                "%.0f %%".formatted(job.path("progress").asDouble() * 100), job.path("error").asText(job.path("message").asText(""))));
        table.print(screen().out());
    }
}

package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file of records into a store. */
@CommandLine.Command(name = "import", description = "Imports a file of records into a store.")
final class ImportCommand extends ClientCommand {

    private static final int ISSUES_SHOWN = 10;

    /** What a file can hold. */
    enum Format {
        /** Comma-separated values with a heading. */
        CSV("text/csv"),
        /** One JSON object a line. */
        NDJSON("application/x-ndjson");

        private final String type;

        Format(String type) {
            this.type = type;
        }
    }

    @Parameters(index = "0", paramLabel = "STORE", description = "The store's id.")
    private String store;

    @Parameters(index = "1", paramLabel = "ENTITY", description = "What the records are, such as products or orders.")
    private String entity;

    @Parameters(index = "2", paramLabel = "FILE", description = "A .csv, .ndjson or .jsonl file, also with .gz.",
            converter = ExistingFile.class)
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or ndjson, where the name does not tell.")
    private Format format;

    @Option(names = "--map", paramLabel = "CANONICAL:THEIRS,...", description = "Which columns of the file stand for which of Kontor's.")
    private String map;

    @Option(names = "--dry-run", description = "Only checks the file.")
    private boolean dryRun;

    ImportCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        String path = ApiClient.path("stores", store, "imports", entity) + "?dryRun=" + dryRun
                + (map == null ? "" : "&map=" + ApiClient.encoded(map));
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        JsonNode answer = upload(api, path, format == null ? formatOf(name) : format, name.endsWith(".gz") ? "gzip" : "");
        tell(new JobFollower(api, screen()).follow(answer));
    }

    private JsonNode upload(ApiClient api, String path, Format known, String encoding) {
        ProgressBar bar = new ProgressBar(screen());
        long size = Math.max(1, file.toFile().length());
        try {
            return api.upload(path, file, known.type, encoding, sent -> bar.show((double) sent / size, "sending " + file.getFileName()));
        } finally {
            bar.close();
        }
    }

    private void tell(JsonNode result) {
        say("Read %d rows: %d stored, %d duplicates, %d quarantined.".formatted(result.path("read").asLong(),
                result.path("stored").asLong(), result.path("duplicates").asLong(), result.path("quarantined").asLong()));
        JsonNode issues = result.path("issues");
        for (int i = 0; i < Math.min(ISSUES_SHOWN, issues.size()); i++) {
            JsonNode issue = issues.get(i);
            String field = issue.path("field").asText("");
            say("  line " + issue.path("line").asLong() + (field.isEmpty() ? ": " : ", " + field + ": ") + issue.path("reason").asText());
        }
        if (issues.size() > ISSUES_SHOWN) {
            say("  and more");
        }
    }

    private static Format formatOf(String name) {
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        if (plain.endsWith(".csv")) {
            return Format.CSV;
        } else if (plain.endsWith(".ndjson") || plain.endsWith(".jsonl")) {
            return Format.NDJSON;
        }
        throw new CommandFailure("The name " + name + " does not tell the format: add --format csv or --format ndjson.");
    }
}

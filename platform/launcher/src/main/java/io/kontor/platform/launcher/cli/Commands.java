package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.StartFailure;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands, and how what they throw is told: one sentence on the error stream, never a stack trace. */
@Command(name = "kontor", synopsisSubcommandLabel = "COMMAND", description = "Runs AI for many stores.", sortOptions = false)
public final class Commands implements Runnable {

    private static final int WIDTH = 110;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this text; also after each command.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private Commands() {
    }

    /**
     * Runs one command.
     *
     * @param home the unpacked folder, absolute
     * @param environment usually {@link System#getenv()}
     * @param out results
     * @param err what went wrong
     * @param args as typed after {@code bin/kontor}
     * @return exit code: 0 only if all was done, 1 if not, 2 when an argument or setting is wrong
     */
    public static int run(Path home, Map<String, String> environment, PrintStream out, PrintStream err, String... args) {
        Screen screen = new Screen(out, err, System.console() != null);
        return commandLine(new Installation(home, environment), screen).execute(args);
    }

    private static CommandLine commandLine(Installation installation, Screen screen) {
        CommandLine root = new CommandLine(new Commands())
                .addSubcommand(new RunCommand(installation, screen))
                .addSubcommand(new StartCommand(installation, screen))
                .addSubcommand(new StopCommand(installation, screen))
                .addSubcommand(new StatusCommand(installation, screen))
                .addSubcommand(new DemoCommand(installation, screen))
                .addSubcommand(new ConsoleCommand(installation, screen))
                .addSubcommand(new DeployCommand(installation, screen))
                .addSubcommand(new UndeployCommand(installation, screen))
                .addSubcommand(new PluginsCommand(installation, screen))
                .addSubcommand(new StoresCommand(installation, screen))
                .addSubcommand(new CommandLine(new StoreCommand(installation, screen))
                        .addSubcommand(new StoreAddCommand(installation, screen)))
                .addSubcommand(new EnableCommand(installation, screen))
                .addSubcommand(new DisableCommand(installation, screen))
                .addSubcommand(new ImportCommand(installation, screen))
                .addSubcommand(new TrainCommand(installation, screen))
                .addSubcommand(new JobsCommand(installation, screen));
        return root.setUsageHelpWidth(WIDTH).setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(screen.out(), true)).setErr(new PrintWriter(screen.err(), true))
                .setParameterExceptionHandler((failure, args) -> tellUsage(failure, screen))
                .setExecutionExceptionHandler((failure, commandLine, result) -> tell(failure, screen));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "The command is missing.");
    }

    private static int tellUsage(ParameterException failure, Screen screen) {
        screen.err().println(failure.getMessage());
        screen.err().println("See " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help.");
        return StartFailure.USAGE;
    }

    private static int tell(Exception failure, Screen screen) throws Exception {
        if (failure instanceof StartFailure start) {
            screen.err().println("Kontor cannot start: " + start.getMessage());
            return start.exitCode();
        } else if (failure instanceof CommandFailure command) {
            screen.err().println(command.getMessage());
            command.details().forEach(line -> screen.err().println("  " + line));
            return StartFailure.FAILED;
        } else if (failure instanceof UncheckedIOException io) {
            screen.err().println("A file could not be read or written: " + io.getCause().getMessage());
            return StartFailure.FAILED;
        }
        throw failure;
    }
}

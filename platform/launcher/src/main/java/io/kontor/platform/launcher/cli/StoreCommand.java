package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands about one store. */
@CommandLine.Command(name = "store", description = "Changes what stores there are.", synopsisSubcommandLabel = "COMMAND")
final class StoreCommand extends Command {

    @Spec
    private CommandSpec spec;

    StoreCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        throw new ParameterException(spec.commandLine(), "What is to be done with a store is missing.");
    }
}

package io.kontor.platform.testkit.postgres;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test on both databases that Kontor supports, each time with an empty one:
 * {@code @ParameterizedTest @ArgumentsSource(BothDatabases.class) void storesARow(FreshDatabase database)}.
 */
public final class BothDatabases implements ArgumentsProvider {

    /** Made by JUnit. */
    public BothDatabases() {
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Stream.<Supplier<FreshDatabase>>of(FreshDatabase::h2, FreshDatabase::postgres)
            .map(database -> Arguments.of(database.get()));
    }
}

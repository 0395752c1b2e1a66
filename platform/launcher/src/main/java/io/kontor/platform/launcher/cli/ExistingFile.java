package io.kontor.platform.launcher.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An argument that names a readable file. */
final class ExistingFile implements ITypeConverter<Path> {

    @Override
    public Path convert(String name) {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new TypeConversionException("There is no readable file " + name + ".");
        }
        return file;
    }
}

package io.kontor.platform.launcher.cli;

import java.util.List;

/** Why a command did not do what was asked: one plain sentence, and further lines where several things are at fault. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    CommandFailure(String sentence) {
        this(sentence, List.of());
    }

    CommandFailure(String sentence, List<String> details) {
        super(sentence, null, false, false);
        this.details = details;
    }

    List<String> details() {
        return details;
    }
}

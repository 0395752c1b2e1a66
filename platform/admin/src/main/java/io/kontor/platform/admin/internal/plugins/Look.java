package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.stores.Activation;

/** How a plugin does in a store, as a badge or a cell shows it: by word, icon and colour. */
public enum Look {
    /** It answers. */
    ACTIVE("good", "check"),
    /** Something is missing that may come. */
    WAITING("warn", "clock"),
    /** It could not be started. */
    FAILED("bad", "alert"),
    /** It is not enabled. */
    OFF("", "pause");

    private final String tone;
    private final String icon;

    Look(String tone, String icon) {
        this.tone = tone;
        this.icon = icon;
    }

    static Look of(Activation activation) {
        return activation == null ? OFF : switch (activation.state()) {
            case ACTIVE -> ACTIVE;
            case WAITING -> WAITING;
            case FAILED -> FAILED;
        };
    }

    /**
     * Its colour.
     *
     * @return a tone of {@code part/badge.jte}
     */
    public String tone() {
        return tone;
    }

    /**
     * Its icon.
     *
     * @return a name of {@code part/icon.jte}
     */
    public String icon() {
        return icon;
    }

    /**
     * Its word.
     *
     * @return a key of the texts
     */
    public String text() {
        return "plugins.state." + name();
    }
}

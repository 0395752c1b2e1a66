package io.kontor.platform.stores;

import io.kontor.platform.plugins.SettingsSchema;
import java.util.List;

/** Settings were not taken; says what is wrong with which. Nothing has changed. */
public class SettingsRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SettingsSchema.Fault> faults;

    /**
     * A refusal.
     *
     * @param faults what is wrong; not empty
     */
    public SettingsRefusedException(List<SettingsSchema.Fault> faults) {
        super(faults.get(0).field() + ": " + faults.get(0).message());
        this.faults = List.copyOf(faults);
    }

    /**
     * What is wrong.
     *
     * @return the faults
     */
    public List<SettingsSchema.Fault> faults() {
        return faults;
    }
}

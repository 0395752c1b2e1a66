package io.kontor.platform.stores;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows a reason why a running instance cannot answer yet. Registered as a service by kernel modules; must answer from memory. */
@ConsumerType
public interface ActivationCheck {

    /**
     * Looks at an instance.
     *
     * @param instance the instance
     * @return what it waits for in one plain sentence, for example {@code Waiting: no model trained yet.}; empty when nothing is missing
     */
    Optional<String> waitingFor(PluginInstance instance);
}

package io.kontor.api.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a component that is registered as a {@link ScheduledTask} to be a task of a plugin. Enabling the plugin for a store brings a
 * schedule for it, in the store's time zone; what the operator changes there stays.
 *
 * <p>What every plugin of a kind can do needs no task of its own: the platform trains and plans, see
 * {@link io.kontor.api.plugin.Plugin#trainAt} and {@link io.kontor.api.plugin.Plugin#planAt}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Task {

    /** Prefix of the component properties made from this annotation's elements. */
    String PREFIX_ = "kontor.task.";

    /**
     * What the task is called in addresses: lower case with hyphens, at most 50 characters; not {@code train}, {@code monitor},
     * {@code plan} or {@code read}.
     *
     * @return unique within the plugin
     */
    String id();

    /**
     * What operators read; {@code %key} is looked up in the bundle's localisation, where the plugin's own title is or in
     * {@code OSGI-INF/l10n/bundle}.
     *
     * @return the title
     */
    String title();

    /**
     * When it is done, as long as the operator says nothing else: minute, hour, day of month, month, day of week. {@code H} for the minute
     * stands for one that differs from store to store, so that the work of all stores does not begin at one moment.
     *
     * @return a cron expression of five fields, for example {@code H 3 * * *}
     */
    String cron();

    /**
     * Whether it is done from the start; if not, the schedule waits until the operator switches it on.
     *
     * @return false to begin paused
     */
    boolean enabled() default true;
}

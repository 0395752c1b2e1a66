package io.kontor.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares a Declarative Services component to be a plugin of a family. The component's PID is the plugin's id; its title, description
 * and typed settings come from its Metatype definition ({@code @Designate(ocd = ..., factory = true)}), in every language that the bundle
 * brings.
 *
 * <p>The component must require a factory configuration ({@code configurationPolicy = REQUIRE}). The platform creates one configuration
 * per store that enables the plugin, and Declarative Services one component instance per configuration. References to store-scoped
 * services ({@link io.kontor.api.data.StoreData}) are bound to that store: the author writes a plain {@code @Reference}.
 *
 * <p>A plugin's bundle exports no package and imports nothing of the platform but {@code io.kontor.api.*}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Plugin {

    /** Prefix of the component properties made from this annotation's elements. */
    String PREFIX_ = "kontor.plugin.";

    /** Service property of a plugin instance and of every store-scoped service: the id of the store. */
    String STORE = "kontor.store";

    /**
     * The family whose questions the plugin answers; one of the constants of {@link Family}.
     *
     * @return the family's name
     */
    String family();

    /**
     * Whether the plugin is the family's cheap baseline: new models are compared with it, and it answers when another plugin fails.
     * At most one plugin of a family should say so.
     *
     * @return true for a baseline
     */
    boolean baseline() default false;

    /**
     * When a plugin that learns a model is trained, as long as the operator says nothing else; in the store's time zone, with {@code H} for
     * a minute that differs from store to store. See {@link io.kontor.api.job.Task#cron}.
     *
     * @return a cron expression of five fields; empty when it shall be trained only when somebody asks
     */
    String trainAt() default "H 2 * * *";

    /**
     * When a plugin that proposes orders or prices looks at all products, as long as the operator says nothing else; in the store's time
     * zone, with {@code H} for a minute that differs from store to store. See {@link io.kontor.api.job.Task#cron}.
     *
     * @return a cron expression of five fields; empty when it shall plan only when somebody asks
     */
    String planAt() default "H 5 * * *";

    /**
     * When a data source is read, as long as the operator says nothing else; in the store's time zone, with {@code H} for a minute that
     * differs from store to store. See {@link io.kontor.api.job.Task#cron}.
     *
     * @return a cron expression of five fields; empty when it shall be read only when somebody asks
     */
    String readAt() default "H * * * *";
}

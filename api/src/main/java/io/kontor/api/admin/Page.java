package io.kontor.api.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Declares a component to be a page of the admin UI. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Page {

    /** Prefix of the component properties made from this annotation's elements. */
    String PREFIX_ = "kontor.page.";

    /**
     * The last part of the page's address, lower case with hyphens.
     *
     * @return unique within the plugin
     */
    String id();

    /**
     * The entry in the navigation; {@code %key} is looked up in the bundle's localisation.
     *
     * @return the title
     */
    String title();

    /**
     * The smallest role that may see it: viewer, analyst, operator, approver or admin.
     *
     * @return the role
     */
    String role() default "viewer";

    /**
     * Its place in the navigation; smaller is higher.
     *
     * @return the order
     */
    int order() default 100;
}

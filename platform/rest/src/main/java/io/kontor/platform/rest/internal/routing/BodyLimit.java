package io.kontor.platform.rest.internal.routing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How large a route's JSON body may be; 1 MiB without it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {

    /**
     * The limit.
     *
     * @return bytes
     */
    int value();
}

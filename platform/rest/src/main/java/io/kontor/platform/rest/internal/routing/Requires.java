package io.kontor.platform.rest.internal.routing;

import io.kontor.platform.security.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may call a route. Every route has one: a resource whose method lacks it is refused as a whole. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {

    /**
     * The smallest role.
     *
     * @return the role
     */
    Role value();

    /**
     * For what the role is needed.
     *
     * @return the scope
     */
    Scope scope() default Scope.STORE;

    /** For what a role is needed. */
    enum Scope {
        /** For the store in the path; who has no role there learns nothing of it. */
        STORE,
        /** For the store of the job in the path. */
        JOB,
        /** For all stores: the route belongs to none. */
        EVERYWHERE,
        /** Any known key will do; the answer contains only what the caller may see. */
        ANY_KEY,
        /** Nobody is asked. */
        OPEN
    }
}

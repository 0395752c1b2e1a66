package io.kontor.platform.rest.internal.routing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API's description says of a route. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Describe {

    /**
     * One sentence.
     *
     * @return what the route does
     */
    String value();

    /**
     * The status of success.
     *
     * @return 200 to 299
     */
    int status() default 200;

    /**
     * The media type of the answer.
     *
     * @return JSON as a rule
     */
    String produces() default "application/json";
}

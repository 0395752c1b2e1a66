package io.kontor.platform.testkit.data;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;

/** A plugin's settings as they are when an operator changes nothing. */
public final class DefaultSettings {

    private DefaultSettings() {
    }

    /**
     * Makes settings.
     *
     * @param type the plugin's annotation type, all of whose members have defaults
     * @param <A> that type
     * @return an instance that answers every member with its default
     */
    public static <A extends Annotation> A of(Class<A> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) ->
                method.getName().equals("annotationType") ? type : method.getDefaultValue()));
    }
}

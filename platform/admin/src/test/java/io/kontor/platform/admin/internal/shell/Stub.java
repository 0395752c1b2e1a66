package io.kontor.platform.admin.internal.shell;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;

/** Services of which a test needs a method or two; every other call fails. */
public final class Stub {

    private Stub() {
    }

    /**
     * A service.
     *
     * @param type its interface
     * @param methods what its methods do with their arguments, by their names
     * @param <T> the interface
     * @return the service
     */
    public static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Function<Object[], Object> known = methods.get(method.getName());
            if (known == null) {
                throw new UnsupportedOperationException(type.getSimpleName() + "." + method.getName());
            }
            return known.apply(arguments);
        }));
    }
}

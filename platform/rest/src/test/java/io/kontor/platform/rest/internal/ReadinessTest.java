package io.kontor.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.rest.internal.resources.HealthResource;
import jakarta.servlet.Servlet;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceReference;

/** What the server says of itself on its way down. */
class ReadinessTest {

    private final List<BundleListener> listeners = new ArrayList<>();
    private final List<Object> registered = new ArrayList<>();

    /** A framework in which everything is there. */
    @SuppressWarnings("unchecked")
    private <T> T framework(Class<T> type) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answer(proxy, method, arguments));
    }

    private Object answer(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "addBundleListener" -> {
                listeners.add((BundleListener) arguments[0]);
                yield null;
            }
            case "registerService" -> {
                registered.add(arguments[0] instanceof Class<?> service ? service : Object.class);
                yield null;
            }
            case "getAllServiceReferences" -> new ServiceReference<?>[] {framework(ServiceReference.class)};
            case "getProperty" -> "http://127.0.0.1:8080/";
            case "getBundle" -> framework(Bundle.class);
            case "getBundleContext" -> framework(BundleContext.class);
            case "getBundleId" -> 0L;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> null;
        };
    }

    @Test
    void saysStoppingFromTheMomentOnThatTheFrameworkStops() {
        Readiness readiness = new Readiness(framework(BundleContext.class));
        HealthResource health = new HealthResource(readiness);
        assertFalse(readiness.stopping());
        assertEquals(200, health.ready().status());
        listeners.get(0).bundleChanged(new BundleEvent(BundleEvent.STOPPING, framework(Bundle.class)));
        assertTrue(readiness.stopping());
        assertEquals(503, health.ready().status());
        assertEquals(new HealthResource.Health("stopping", List.of()), health.ready().body());
        assertTrue(registered.contains(Servlet.class), "somebody answers until nobody listens");
    }
}

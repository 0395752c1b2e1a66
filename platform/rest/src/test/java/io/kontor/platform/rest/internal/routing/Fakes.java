package io.kontor.platform.rest.internal.routing;

import io.kontor.api.KontorException;
import io.kontor.api.store.Store;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/**
 * All resources of the server with nothing behind them: two stores, a job in each, a key for each role, and otherwise emptiness in which
 * everything is done gladly.
 */
final class Fakes {

    static final String OWN = "own";
    static final String FOREIGN = "foreign";

    private static final Path CLASSES = classes();

    private Fakes() {
    }

    /** A router with all resources. */
    static Router router() {
        Router router = new Router(make(io.kontor.platform.rest.internal.Readiness.class), new RequestMetrics());
        resources().forEach(router::addResource);
        router.access = make(Access.class);
        router.stores = make(Stores.class);
        router.jobs = make(Jobs.class);
        return router;
    }

    /** Every resource that the bundle has. */
    static List<Resource> resources() {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString()).filter(name -> name.endsWith(".class"))
                    .map(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
                    .filter(type -> Resource.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .map(type -> (Resource) make(type)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes() {
        try {
            return Path.of(Resource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Fakes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that is its own description: {@code own:viewer}, {@code all:admin}. */
    static String key(String where, Role role) {
        return "Bearer " + where + ":" + role.text();
    }

    private static Optional<Principal> authenticate(String authorization) {
        if (authorization == null || !authorization.matches("Bearer (own|all):[a-z]+")) {
            return Optional.empty();
        }
        String[] key = authorization.substring(7).split(":");
        return Role.of(key[1]).map(role -> key[0].equals("all") ? new Principal("key all", role, Map.of())
                : new Principal("key own", null, Map.of(OWN, role)));
    }

    /** An object of the type: the real one for classes, an empty one for interfaces. */
    @SuppressWarnings("unchecked")
    static <T> T make(Class<T> type) {
        if (type == Jobs.class) {
            return (T) new TwoJobs();
        } else if (type.isInterface()) {
            return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                if (type == Access.class && method.getName().equals("authenticate")) {
                    return authenticate((String) arguments[0]);
                } else if (type == Stores.class && method.getName().equals("find")) {
                    return store((String) arguments[0]);
                } else if (method.getName().equals("getAllServiceReferences")) {
                    return new ServiceReference<?>[] {make(ServiceReference.class)};
                } else if (type == ServiceReference.class && method.getName().equals("getProperty")) {
                    return "http://127.0.0.1:8080/";
                }
                return nothing(method.getReturnType());
            });
        }
        Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors()).filter(c -> Modifier.isPublic(c.getModifiers())
                || c.getParameterCount() == 0).findFirst().orElseThrow();
        try {
            return (T) constructor.newInstance(Arrays.stream(constructor.getParameterTypes()).map(Fakes::make).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static Optional<Store> store(String id) {
        return id.equals(OWN) || id.equals(FOREIGN)
                ? Optional.of(new Store(id, id, Currency.getInstance("EUR"), Locale.ENGLISH, ZoneOffset.UTC, "DE")) : Optional.empty();
    }

    private static Object nothing(Class<?> type) {
        if (type == Optional.class) {
            return Optional.empty();
        } else if (type == List.class) {
            return List.of();
        } else if (type == Set.class) {
            return Set.of();
        } else if (type == Map.class) {
            return Map.of();
        } else if (type == boolean.class) {
            return true;
        } else if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == boolean[].class) {
            return new boolean[0];
        } else if (type == void.class || type.getName().startsWith("org.osgi.framework.") || type.isArray()) {
            return null;
        }
        throw new KontorException(KontorException.Kind.CONFIGURATION, "There is nothing here.");
    }

    /** A job of each store, ended. */
    private static final class TwoJobs implements Jobs {

        @Override
        public String submit(JobRequest request) {
            return OWN;
        }

        @Override
        public Optional<Job> find(String id) {
            return store(id).map(store -> new Job(id, "import", id, null, Job.State.SUCCEEDED, 1, "Done", Instant.EPOCH, Instant.EPOCH,
                    Instant.EPOCH, Map.of(), null, null));
        }

        @Override
        public List<Job> list(String store, Job.State state, String before, int limit) {
            return List.of();
        }

        @Override
        public Map<Job.State, Long> counts() {
            return Map.of();
        }

        @Override
        public List<String> log(String id) {
            return List.of();
        }

        @Override
        public boolean cancel(String id) {
            return false;
        }

        @Override
        public boolean amend(String id, Map<String, Object> result, String message) {
            return false;
        }

        @Override
        public Optional<Job> await(String id, Duration timeout) {
            return find(id);
        }

        @Override
        public Subscription follow(String id, Consumer<Job> listener) {
            find(id).ifPresent(listener);
            return () -> { };
        }
    }
}

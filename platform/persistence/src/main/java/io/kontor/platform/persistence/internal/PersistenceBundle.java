package io.kontor.platform.persistence.internal;

import com.zaxxer.hikari.HikariDataSource;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.felix.cm.PersistenceManager;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database before anything else of the platform starts, as Configuration Admin's configurations lie in it. The kernel's entity
 * unit, which takes longest, is built on a thread of its own meanwhile.
 */
public final class PersistenceBundle implements BundleActivator {

    private static final Logger LOG = LoggerFactory.getLogger(PersistenceBundle.class);
    private static final String UNIT = "Kontor-Persistence-Unit";
    private static final String KERNEL = "kernel";

    private SqlDatabase database;
    private BundleTracker<PluginUnit> plugins;

    @Override
    public void start(BundleContext context) {
        context.registerService(WeavingHook.class, new ProxyImports(), null);
        ConnectionUrl url = ConnectionUrl.of(Optional.ofNullable(context.getProperty("kontor.db.url")),
                Path.of(context.getProperty("kontor.data")));
        HikariDataSource pool = ConnectionPool.open(url, context.getProperty("kontor.db.user"), context.getProperty("kontor.db.password"));
        try {
            Database.Kind kind = url.h2() ? Database.Kind.H2 : Database.Kind.POSTGRESQL;
            Migrations migrations = new Migrations(pool, url.h2());
            migrations.run(context.getBundle().getSymbolicName(), Script.of(context.getBundle()));
            List<Bundle> kernel = Arrays.stream(context.getBundles()).filter(PersistenceBundle::isKernel).toList();
            CompletableFuture<EntityManagerFactory> unit = CompletableFuture.supplyAsync(() -> build(kernel, pool, kind),
                    task -> new Thread(task, "kontor-entities").start());
            kernel.forEach(bundle -> migrations.run(bundle.getSymbolicName(), Script.of(bundle)));
            database = new SqlDatabase(pool, kind, unit);
            Dictionary<String, Object> named = new Hashtable<>();
            named.put(PersistenceManager.PROPERTY_NAME, "db");
            context.registerService(PersistenceManager.class, new ConfigurationTable(database), named);
            context.registerService(Database.class, database, null);
            unit.whenComplete((factory, failure) -> announce(context, factory, failure));
            plugins = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, new PluginUnits(pool, kind, migrations));
            plugins.open();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static boolean isKernel(Bundle bundle) {
        return KERNEL.equals(bundle.getHeaders().get(UNIT));
    }

    private static EntityManagerFactory build(List<Bundle> kernel, HikariDataSource pool, Database.Kind kind) {
        List<Class<?>> entities = new ArrayList<>();
        kernel.forEach(bundle -> entities.addAll(entities(bundle)));
        return EntityUnit.build(pool, kind, entities);
    }

    static List<Class<?>> entities(Bundle bundle) {
        List<Class<?>> classes = new ArrayList<>();
        String header = bundle.getHeaders().get(Database.ENTITIES);
        if (header != null) {
            for (String name : header.split(",")) {
                try {
                    classes.add(bundle.loadClass(name.strip()));
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(bundle.getSymbolicName() + " names the entity " + name.strip()
                            + ", which it does not have", e);
                }
            }
        }
        return classes;
    }

    private static void announce(BundleContext context, EntityManagerFactory factory, Throwable failure) {
        if (failure != null) {
            LOG.error("The kernel's entities could not be set up; Kontor cannot become ready", failure);
            return;
        }
        try {
            context.registerService(EntityManagerFactory.class, factory, unit(KERNEL));
        } catch (IllegalStateException stopped) {
            LOG.debug("The bundle was stopped before the kernel's entities were set up");
        }
    }

    static Dictionary<String, Object> unit(String name) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.unit.name", name);
        return properties;
    }

    @Override
    public void stop(BundleContext context) {
        plugins.close();
        database.close();
    }
}

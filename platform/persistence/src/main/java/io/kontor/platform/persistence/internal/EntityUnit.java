package io.kontor.platform.persistence.internal;

import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistry;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;

/** Builds Hibernate's entity manager factory for the entities of one or more bundles. The tables come from migrations, never from Hibernate. */
final class EntityUnit {

    private EntityUnit() {
    }

    static EntityManagerFactory build(DataSource source, Database.Kind kind, List<Class<?>> entities) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        entities.forEach(entity -> loaders.add(entity.getClassLoader()));
        loaders.add(SessionFactory.class.getClassLoader());
        loaders.add(EntityUnit.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(SessionFactory.class.getClassLoader());
        try {
            BootstrapServiceRegistryBuilder bootstrap = new BootstrapServiceRegistryBuilder();
            new ArrayList<>(loaders).forEach(bootstrap::applyClassLoader);
            BootstrapServiceRegistry base = bootstrap.build();
            StandardServiceRegistry registry = new StandardServiceRegistryBuilder(base).applySettings(settings(source, kind)).build();
            MetadataSources sources = new MetadataSources(registry);
            entities.forEach(sources::addAnnotatedClass);
            return sources.buildMetadata().buildSessionFactory();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What is left out here is work at the start: nothing is asked of the database and nothing is generated. */
    private static Map<String, Object> settings(DataSource source, Database.Kind kind) {
        return Map.of(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, source,
                AvailableSettings.DIALECT,
                kind == Database.Kind.H2 ? "org.hibernate.dialect.H2Dialect" : "org.hibernate.dialect.PostgreSQLDialect",
                "hibernate.boot.allow_jdbc_metadata_access", false,
                "hibernate.jakarta.persistence.validation.mode", "none",
                "jakarta.persistence.validation.mode", "none",
                AvailableSettings.HBM2DDL_AUTO, "none",
                "hibernate.temp.use_jdbc_metadata_defaults", false,
                "hibernate.xml_mapping_enabled", false,
                "hibernate.classLoader.tccl_lookup_precedence", "never",
                "hibernate.timezone.default_storage", "NORMALIZE_UTC");
    }
}

package io.kontor.platform.persistence.internal;

import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every bundle outside the kernel that brings entities a unit of its own, which comes and goes with the bundle. */
final class PluginUnits implements BundleTrackerCustomizer<PluginUnit> {

    private static final Logger LOG = LoggerFactory.getLogger(PluginUnits.class);

    private final DataSource source;
    private final Database.Kind kind;
    private final Migrations migrations;

    PluginUnits(DataSource source, Database.Kind kind, Migrations migrations) {
        this.source = source;
        this.kind = kind;
        this.migrations = migrations;
    }

    @Override
    public PluginUnit addingBundle(Bundle bundle, BundleEvent event) {
        if (bundle.getHeaders().get(Database.ENTITIES) == null || bundle.getHeaders().get("Kontor-Persistence-Unit") != null) {
            return null;
        }
        return PluginUnit.begin(bundle, () -> build(bundle));
    }

    private EntityManagerFactory build(Bundle bundle) {
        try {
            migrations.run(bundle.getSymbolicName(), Script.of(bundle));
            return EntityUnit.build(source, kind, PersistenceBundle.entities(bundle));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The entities of {} could not be set up; what needs them stays inactive", bundle.getSymbolicName(), e);
            throw e;
        }
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, PluginUnit unit) {
        LOG.debug("{} is {}", bundle, bundle.getState());
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, PluginUnit unit) {
        unit.close();
    }
}

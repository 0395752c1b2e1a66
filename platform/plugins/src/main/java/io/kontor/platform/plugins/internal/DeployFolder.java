package io.kontor.platform.plugins.internal;

import java.io.File;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the jars of the deploy folder, whole or broken, to the deployer. File Install would install bundles by itself when no installer
 * claims them, past all checks: so this one is there as soon as its bundle is, whatever else is still missing, and waits for the deployer.
 */
@Component(service = ArtifactInstaller.class, immediate = true, property = "service.ranking:Integer=1000")
public final class DeployFolder implements ArtifactInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);
    private static final long PATIENCE_MILLIS = 60_000;

    private final ServiceTracker<HotDeployer, HotDeployer> deployer;

    /**
     * An installer.
     *
     * @param context of this bundle
     */
    @Activate
    public DeployFolder(BundleContext context) {
        deployer = new ServiceTracker<>(context, HotDeployer.class, null);
        deployer.open();
    }

    @Deactivate
    void close() {
        deployer.close();
    }

    @Override
    public boolean canHandle(File artifact) {
        return artifact.getName().toLowerCase(Locale.ROOT).endsWith(".jar");
    }

    @Override
    public void install(File artifact) {
        tell(artifact, hot -> hot.fileArrived(artifact.toPath()));
    }

    @Override
    public void update(File artifact) {
        tell(artifact, hot -> hot.fileArrived(artifact.toPath()));
    }

    @Override
    public void uninstall(File artifact) {
        tell(artifact, hot -> hot.fileWent(artifact.getName()));
    }

    private void tell(File artifact, Consumer<HotDeployer> news) {
        try {
            HotDeployer hot = deployer.waitForService(PATIENCE_MILLIS);
            if (hot == null) {
                LOG.warn("Deploy folder: {} is left alone because the deployer is not running. Touch the file to try again.",
                    artifact.getName());
            } else {
                news.accept(hot);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.info("Deploy folder: {} is left alone because the server is stopping", artifact.getName());
        }
    }
}

package io.kontor.platform.plugins.internal;

import java.io.File;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hands the jars that File Install finds in the deploy folder to the deployer, so that they pass the same checks as an upload. */
@Component(service = ArtifactInstaller.class, property = Constants.SERVICE_RANKING + ":Integer=" + Integer.MAX_VALUE)
public final class DeployFolder implements ArtifactInstaller {

    private final HotDeployer deployer;

    /**
     * Made by Declarative Services.
     *
     * @param deployer deploys
     */
    @Activate
    public DeployFolder(@Reference HotDeployer deployer) {
        this.deployer = deployer;
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(".jar");
    }

    @Override
    public void install(File file) {
        deployer.fileArrived(file.toPath());
    }

    @Override
    public void update(File file) {
        deployer.fileArrived(file.toPath());
    }

    @Override
    public void uninstall(File file) {
        deployer.fileWent(file.getName());
    }
}

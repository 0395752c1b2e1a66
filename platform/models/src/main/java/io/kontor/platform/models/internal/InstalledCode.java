package io.kontor.platform.models.internal;

import io.kontor.api.model.CodeVersion;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleInfo;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells which code trains models. Safe for use by several threads. */
@Component(service = InstalledCode.class)
public final class InstalledCode {

    private final BundleDeployer bundles;
    private final String platform;

    /**
     * Made by Declarative Services.
     *
     * @param bundles knows the hashes of the bundles
     * @param context of this bundle, which has the platform's version and, in a header, the commit it was built from
     */
    @Activate
    public InstalledCode(@Reference BundleDeployer bundles, BundleContext context) {
        this.bundles = bundles;
        String commit = context.getBundle().getHeaders("").get("Kontor-Commit");
        this.platform = context.getBundle().getVersion() + (commit == null || commit.isBlank() ? "" : "+" + commit.strip());
    }

    InstalledCode(BundleDeployer bundles, String platform) {
        this.bundles = bundles;
        this.platform = platform;
    }

    CodeVersion of(String plugin, Version version) {
        return new CodeVersion(bundles.bundles().stream().filter(bundle -> bundle.plugins().contains(plugin) && bundle.version().equals(version))
                .map(BundleInfo::sha256).findFirst().orElse(""), platform);
    }
}

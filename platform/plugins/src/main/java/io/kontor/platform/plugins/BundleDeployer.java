package io.kontor.platform.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * Deploys bundles to the running server: checks and resolves first, then installs and starts; a refused bundle leaves everything as it was.
 * What is deployed survives a restart. Several versions of one bundle may be installed at once. A service; safe for use by several threads,
 * one change at a time.
 */
@ProviderType
public interface BundleDeployer {

    /** How large a jar may be. */
    long MOST_BYTES = 50L << 20;

    /** Where a bundle came from. */
    enum Origin {
        /** Through the REST API. */
        API,
        /** From the deploy folder. */
        FOLDER
    }

    /**
     * All bundles that were shipped as plugins or deployed, by name and version.
     *
     * @return infos
     */
    List<BundleInfo> bundles();

    /**
     * Checks a jar and says what deploying it would do. Changes nothing.
     *
     * @param jar the jar's bytes; closed by the caller
     * @param locale the language of the plugins' titles
     * @return the plan
     * @throws BundleRefusedException with the reason in one plain sentence
     * @throws IOException when the stream breaks
     */
    BundlePlan plan(InputStream jar, Locale locale) throws IOException;

    /**
     * Deploys a jar. When this returns, its plugins are in the catalogue and the bundle is there after a restart.
     *
     * @param jar the jar's bytes; closed by the caller
     * @param origin where it comes from
     * @return what is installed now
     * @throws BundleRefusedException with the reason in one plain sentence; nothing has changed
     * @throws IOException when the stream breaks; nothing has changed
     */
    BundleInfo deploy(InputStream jar, Origin origin) throws IOException;

    /**
     * Says what removing a bundle would do.
     *
     * @param symbolicName its name
     * @param version its version
     * @return the plan
     * @throws BundleRefusedException of kind NOT_FOUND, or when it may not be removed
     */
    BundlePlan planRemoval(String symbolicName, Version version);

    /**
     * Stops and removes a deployed bundle for good.
     *
     * @param symbolicName its name
     * @param version its version
     * @throws BundleRefusedException of kind NOT_FOUND, or when it may not be removed (shipped with the product)
     */
    void undeploy(String symbolicName, Version version);
}

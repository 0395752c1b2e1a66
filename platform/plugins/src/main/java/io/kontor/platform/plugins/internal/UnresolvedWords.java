package io.kontor.platform.plugins.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says what an installed bundle lacks, in the words of its manifest instead of the resolver's. */
final class UnresolvedWords {

    private static final Pattern PACKAGE = Pattern.compile("\\(" + Pattern.quote(PackageNamespace.PACKAGE_NAMESPACE) + "=([^)]+)\\)");
    private static final Pattern VERSION = Pattern.compile("\\(version[>~]?=([^)]+)\\)");
    private static final int MOST = 3;

    private final BundleContext context;
    private final FrameworkWiring wiring;

    /**
     * The words for bundles of one framework.
     *
     * @param context of this bundle
     * @param wiring the framework's wiring
     */
    UnresolvedWords(BundleContext context, FrameworkWiring wiring) {
        this.context = context;
        this.wiring = wiring;
    }

    /**
     * Looks at a bundle that did not resolve.
     *
     * @param bundle the bundle
     * @return what it lacks, as sentences; empty when each requirement has a provider, but they do not fit together
     */
    Optional<String> lacks(Bundle bundle) {
        List<String> sentences = new ArrayList<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (mandatory(requirement) && wiring.findProviders(requirement).isEmpty()) {
                sentences.add(sentence(bundle, requirement));
            }
        }
        if (sentences.isEmpty()) {
            return singleton(bundle);
        }
        String more = sentences.size() > MOST ? " And " + (sentences.size() - MOST) + " more." : "";
        return Optional.of(String.join(" ", sentences.subList(0, Math.min(MOST, sentences.size()))) + more);
    }

    private static boolean mandatory(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
        String effective = requirement.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        return !Constants.RESOLUTION_OPTIONAL.equals(resolution) && effective.equals(Constants.EFFECTIVE_RESOLVE);
    }

    private String sentence(Bundle bundle, BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> missingPackage(bundle, filter);
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "It needs Java "
                + first(VERSION, filter).orElse(filter) + "; this server runs on Java " + Runtime.version().feature() + ".";
            default -> "It needs " + requirement.getNamespace() + " " + filter + ", which no installed bundle offers.";
        };
    }

    private String missingPackage(Bundle bundle, String filter) {
        String name = first(PACKAGE, filter).orElse(filter);
        String range = ManifestClause.parse(bundle.getHeaders("").get(Constants.IMPORT_PACKAGE)).stream()
            .filter(clause -> clause.names().contains(name)).map(clause -> clause.attributes().get(Constants.VERSION_ATTRIBUTE))
            .filter(Objects::nonNull).findFirst().orElse(null);
        Collection<String> offered = new TreeSet<>();
        for (Bundle other : context.getBundles()) {
            BundleRevision revision = other.adapt(BundleRevision.class);
            for (BundleCapability capability : revision == null ? List.<BundleCapability>of()
                    : revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
                if (name.equals(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))) {
                    offered.add(String.valueOf(capability.getAttributes().get(Constants.VERSION_ATTRIBUTE)));
                }
            }
        }
        String wanted = "It needs the package " + name + (range == null ? "" : " in version " + range);
        return wanted + (offered.isEmpty() ? ", which no installed bundle offers."
            : "; installed is " + String.join(" and ", offered) + ".");
    }

    private Optional<String> singleton(Bundle bundle) {
        boolean singleton = "true".equals(ManifestClause.parse(bundle.getHeaders("").get(Constants.BUNDLE_SYMBOLICNAME)).get(0)
            .directives().get(Constants.SINGLETON_DIRECTIVE));
        for (Bundle other : context.getBundles()) {
            if (singleton && other != bundle && bundle.getSymbolicName().equals(other.getSymbolicName())) {
                return Optional.of("It is declared singleton and version " + other.getVersion() + " is installed.");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}

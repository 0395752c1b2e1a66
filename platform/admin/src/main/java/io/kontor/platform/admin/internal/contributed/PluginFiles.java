package io.kontor.platform.admin.internal.contributed;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Assets;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.plugins.PluginCatalogue;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Files below {@code web/} of plugins' bundles, for those who are logged in. The bundle's version is in the address, so two versions can be
 * in use by two stores and browsers may keep what they have.
 */
@Component(service = Pages.class)
public final class PluginFiles implements Pages {

    private static final int DEEPEST = 4;

    private final PluginCatalogue catalogue;

    /**
     * Made by Declarative Services.
     *
     * @param catalogue knows the bundles
     */
    @Activate
    public PluginFiles(@Reference PluginCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<Route> routes() {
        return IntStream.rangeClosed(1, DEEPEST).mapToObj(depth -> Route.get("/ui/{plugin}/{version}/"
                + String.join("/", names(depth)), null, visit -> file(visit, depth))).toList();
    }

    private static List<String> names(int depth) {
        return IntStream.range(0, depth).mapToObj(i -> "{file" + i + "}").toList();
    }

    /** Where the file of a plugin's bundle is found. */
    static String address(Visit visit, String plugin, Version version, String path) {
        return visit.url("ui", plugin, version.toString()) + "/" + path;
    }

    private Answer file(Visit visit, int depth) {
        String path = String.join("/", names(depth).stream().map(name -> visit.path(name.substring(1, name.length() - 1))).toList());
        URL file = path.contains("..") ? null : bundle(visit).getEntry("web/" + path);
        if (file == null || path.endsWith("/")) {
            throw Refusal.missing(visit);
        }
        return new Answer.Stream(Assets.type(path), null, out -> {
            try (InputStream in = file.openStream()) {
                in.transferTo(out);
            }
        });
    }

    private Bundle bundle(Visit visit) {
        Version version;
        try {
            version = Version.parseVersion(visit.path("version"));
        } catch (IllegalArgumentException e) {
            throw Refusal.missing(visit);
        }
        return catalogue.find(visit.path("plugin"), version, Locale.ROOT).flatMap(catalogue::bundle).orElseThrow(() -> Refusal.missing(visit));
    }
}

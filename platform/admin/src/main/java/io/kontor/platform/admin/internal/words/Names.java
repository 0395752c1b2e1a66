package io.kontor.platform.admin.internal.words;

import io.kontor.api.data.Product;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people call the things that records and plugins name by ids. */
@Component(service = Names.class)
public final class Names {

    private static final Set<String> NO_PLUGINS = Set.of("catalogue", "rule", "shop", "popular", "newest");

    private final DataAccess data;
    private final PluginCatalogue plugins;

    /**
     * Made by Declarative Services.
     *
     * @param data knows products
     * @param plugins knows plugins
     */
    @Activate
    public Names(@Reference DataAccess data, @Reference PluginCatalogue plugins) {
        this.data = data;
        this.plugins = plugins;
    }

    /**
     * A product of the visit's store.
     *
     * @param visit the request
     * @param id the product's id
     * @return the product, or empty when the catalogue does not have it
     */
    public Optional<Product> find(Visit visit, String id) {
        return id.isEmpty() ? Optional.empty() : data.of(visit.store().id()).product(id);
    }

    /**
     * What a product is called.
     *
     * @param visit the request
     * @param id the product's id
     * @return its title; the id when it has none
     */
    public String product(Visit visit, String id) {
        return find(visit, id).map(Product::title).filter(title -> !title.isBlank()).orElse(id);
    }

    /**
     * Where the admin UI has a product's picture.
     *
     * @param visit the request
     * @param id the product's id
     * @return an address; empty when the product shows no picture that was uploaded
     */
    public String picture(Visit visit, String id) {
        return find(visit, id).filter(product -> data.of(visit.store().id()).pictures().key(product.imageUrl()).isPresent())
                .map(product -> visit.storeUrl("data", "pictures", "of") + "?product=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .orElse("");
    }

    /**
     * What a plugin is called, or what gives products beside plugins.
     *
     * @param visit the request
     * @param id the plugin's id, or the word that answers have in its place
     * @return its title in the visitor's language; the last part of the id when its bundle has gone
     */
    public String plugin(Visit visit, String id) {
        return NO_PLUGINS.contains(id) ? visit.text("placements.by." + id)
                : plugins.find(id, null, visit.locale()).map(PluginDescriptor::title).orElse(id.substring(id.lastIndexOf('.') + 1));
    }

    /**
     * What a setting of a plugin is called.
     *
     * @param visit the request
     * @param plugin the plugin's id
     * @param name the setting's name
     * @return its title in the visitor's language; the name itself when the plugin does not have the setting any more
     */
    public String setting(Visit visit, String plugin, String name) {
        return plugins.find(plugin, null, visit.locale()).flatMap(found -> found.settings().settings().stream()
                .filter(setting -> setting.name().equals(name)).findFirst()).map(SettingsSchema.Setting::title).orElse(name);
    }

    /**
     * The family that a plugin belongs to.
     *
     * @param visit the request
     * @param id the plugin's id
     * @return the family's name; empty when the plugin's bundle has gone
     */
    public String familyOf(Visit visit, String id) {
        return plugins.find(id, null, visit.locale()).map(PluginDescriptor::family).orElse("");
    }

    /**
     * What a family is called.
     *
     * @param visit the request
     * @param family its name
     * @return in the visitor's language; the name itself for families that the platform does not know
     */
    public static String family(Visit visit, String family) {
        return visit.textOr("shell.family." + family, family);
    }
}

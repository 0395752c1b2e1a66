package io.kontor.platform.plugins.internal;

import io.kontor.api.admin.AdminPage;
import io.kontor.api.admin.Page;
import io.kontor.platform.plugins.PluginPage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The pages of a plugin, found from the descriptions of its own component and of those made from the same configuration. */
final class PageDescriptions {

    private static final String ID = Page.PREFIX_ + "id";
    private static final int DEFAULT_ORDER = 100;

    private PageDescriptions() {
    }

    /**
     * The pages of one plugin.
     *
     * @param plugin its own component
     * @param bundle all components of its bundle
     * @param translation finds the bundle's texts
     * @return pages in their order
     */
    static List<PluginPage> of(ComponentDescriptionDTO plugin, Collection<ComponentDescriptionDTO> bundle,
            UnaryOperator<String> translation) {
        return bundle.stream().filter(component -> List.of(component.configurationPid).contains(plugin.configurationPid[0])
                && List.of(component.serviceInterfaces).contains(AdminPage.class.getName()) && component.properties.get(ID) instanceof String)
                .map(component -> page(component.properties, translation))
                .sorted(Comparator.comparingInt(PluginPage::order).thenComparing(PluginPage::id)).toList();
    }

    private static PluginPage page(Map<String, Object> properties, UnaryOperator<String> translation) {
        String id = (String) properties.get(ID);
        return new PluginPage(id, properties.get(Page.PREFIX_ + "title") instanceof String title ? translation.apply(title) : id,
                properties.get(Page.PREFIX_ + "role") instanceof String role ? role : "viewer",
                properties.get(Page.PREFIX_ + "order") instanceof Integer order ? order : DEFAULT_ORDER);
    }
}

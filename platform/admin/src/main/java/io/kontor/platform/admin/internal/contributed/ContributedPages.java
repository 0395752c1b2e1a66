package io.kontor.platform.admin.internal.contributed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gg.jte.TemplateOutput;
import gg.jte.html.escape.Escape;
import io.kontor.api.admin.AdminPage;
import io.kontor.api.admin.Page;
import io.kontor.api.admin.PageContent;
import io.kontor.api.admin.PageRequest;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.PluginPage;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The pages that plugins bring, in the shell's frame. They are there as long as the plugin's instance for the store is. */
@Component(service = Pages.class)
public final class ContributedPages implements Pages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = Page.PREFIX_ + "id";
    /** Less than a page is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Activations activations;
    private final ActivePlugins active;
    private final PluginCatalogue catalogue;
    private final PageCalls calls;
    private final LiveModels models;

    /**
     * Made by Declarative Services.
     *
     * @param activations what is enabled
     * @param active the instances of plugins by store
     * @param catalogue what the plugins say of their pages
     * @param calls the guard around them
     * @param models what the plugins learned
     */
    @Activate
    public ContributedPages(@Reference Activations activations, @Reference ActivePlugins active, @Reference PluginCatalogue catalogue,
            @Reference PageCalls calls, @Reference LiveModels models) {
        this.activations = activations;
        this.active = active;
        this.catalogue = catalogue;
        this.calls = calls;
        this.models = models;
    }

    /** A page with the instance that makes it. */
    private record Found(PluginInstance instance, PluginDescriptor plugin, PluginPage page) {

        Role role() {
            return Role.of(page.role()).orElse(Role.ADMIN);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/pages/{plugin}/{page}", Role.VIEWER, this::show),
                Route.get("/stores/{store}/pages/{plugin}/{page}/data", Role.VIEWER, this::data));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        List<NavEntry> entries = new ArrayList<>();
        if (visit.store() != null) {
            for (Activation activation : activations.list(visit.store().id())) {
                for (PluginInstance instance : active.parts(activation.store(), activation.plugin(), AdminPage.class)) {
                    found(instance, visit).ifPresent(found -> entries.add(entry(found)));
                }
            }
        }
        return entries;
    }

    private static NavEntry entry(Found found) {
        return new NavEntry(NavEntry.Group.CONTRIBUTED, found.page().order(), found.page().title(), "/stores/" + found.instance().store()
                + "/pages/" + found.plugin().id() + "/" + found.page().id(), "plug", found.role());
    }

    private Optional<Found> found(PluginInstance instance, Visit visit) {
        Object id = instance.property(ID);
        return catalogue.find(instance.plugin(), instance.version(), visit.locale()).flatMap(plugin -> plugin.pages().stream()
                .filter(page -> page.id().equals(id)).findFirst().map(page -> new Found(instance, plugin, page)));
    }

    private Found find(Visit visit) {
        Found found = active.parts(visit.store().id(), visit.path("plugin"), AdminPage.class).stream()
                .filter(instance -> visit.path("page").equals(instance.property(ID))).findFirst().flatMap(instance -> found(instance, visit))
                .orElseThrow(() -> new Refusal(404, visit.text("contributed.gone")));
        if (!visit.may(found.role())) {
            throw new Refusal(403, visit.text("shell.forbidden", visit.text("shell.role." + found.role().text())));
        }
        return found;
    }

    private PageCalls.Outcome render(Found found, Visit visit) {
        return calls.render(found.instance(), new PageRequest(visit.store().id(), visit.locale(), visit.fields(),
                () -> model(visit.store().id(), found.plugin().id())));
    }

    private Optional<Object> model(String store, String plugin) {
        return active.instance(store, plugin).flatMap(instance -> models.champion(instance, PATIENCE)
                .or(() -> models.bearer(instance, ModelRegistry.CHALLENGER, PATIENCE))).map(LiveModels.Live::model);
    }

    private Answer show(Visit visit) {
        Found found = find(visit);
        String address = visit.storeUrl("pages", found.plugin().id(), found.page().id());
        return Answer.html("contributed/page", view(found, visit, address));
    }

    private ContributedView view(Found found, Visit visit, String address) {
        String title = found.page().title();
        String plugin = found.plugin().title();
        PageCalls.Outcome outcome = render(found, visit);
        if (outcome instanceof PageCalls.Outcome.Made made) {
            PageContent content = made.content();
            if (content instanceof PageContent.Views views) {
                return new ContributedView(title, plugin, address, views.views(), null, null, "");
            } else if (content instanceof PageContent.HtmlFragment fragment) {
                return new ContributedView(title, plugin, address, List.of(), SafeHtml.of(fragment.html(), address), null, "");
            } else if (content instanceof PageContent.WebComponent component) {
                return new ContributedView(title, plugin, address, List.of(), null, element(component, found, visit, address), "");
            }
        }
        String reason = outcome instanceof PageCalls.Outcome.Failed failed ? failed.key() : "contributed.nothing";
        return new ContributedView(title, plugin, address, List.of(), null, null, visit.text(reason));
    }

    private static ContributedView.Element element(PageContent.WebComponent component, Found found, Visit visit, String address) {
        return new ContributedView.Element(output -> {
            output.writeContent("<" + component.element());
            attribute(output, "store", visit.store().id());
            attribute(output, "lang", visit.locale().toLanguageTag());
            attribute(output, "source", address + "/data");
            attribute(output, "data", json(component.data()));
            output.writeContent("></" + component.element() + ">");
        }, PluginFiles.address(visit, found.plugin().id(), found.plugin().version(), component.script()));
    }

    private static void attribute(TemplateOutput output, String name, String value) {
        output.writeContent(" " + name + "=\"");
        Escape.htmlAttribute(value, output);
        output.writeContent("\"");
    }

    private Answer data(Visit visit) {
        Found found = find(visit);
        PageCalls.Outcome outcome = render(found, visit);
        if (outcome instanceof PageCalls.Outcome.Made made && made.content() instanceof PageContent.WebComponent component) {
            byte[] body = json(component.data()).getBytes(StandardCharsets.UTF_8);
            return new Answer.Stream("application/json", null, out -> out.write(body));
        }
        throw new Refusal(502, visit.text(outcome instanceof PageCalls.Outcome.Failed failed ? failed.key() : "contributed.nothing"));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new Refusal(502, "The page's data are no JSON values.");
        }
    }
}

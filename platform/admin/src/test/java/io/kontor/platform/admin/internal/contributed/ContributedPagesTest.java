package io.kontor.platform.admin.internal.contributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.admin.AdminPage;
import io.kontor.api.admin.PageContent;
import io.kontor.api.admin.View;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.PluginPage;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class ContributedPagesTest {

    private static final AdminPage PAGE = request -> new PageContent.Views(List.of(new View.Notice(View.Tone.INFO,
            request.model(String.class).orElse("nothing"))));

    private final Map<String, LiveModels.Live> models = new HashMap<>();
    private final PageCalls calls = new PageCalls();
    private boolean broken;

    @AfterEach
    void close() {
        calls.close();
    }

    private ContributedView shown() throws IOException {
        PluginInstance.Lease lease = Stub.of(PluginInstance.Lease.class, Map.of("service", any -> PAGE, "close", any -> null));
        PluginInstance instance = Stub.of(PluginInstance.class, Map.of("store", any -> "shop", "plugin", any -> "taste",
                "version", any -> Version.emptyVersion, "lease", any -> Optional.of(lease), "property", any -> "learning"));
        PluginDescriptor plugin = new PluginDescriptor("taste", "recommend", "Taste", "", false, true, List.of(),
                List.of(new PluginPage("learning", "How it learned", "analyst", 1)), "b", Version.emptyVersion, null);
        LiveModels live = Stub.of(LiveModels.class, Map.of("champion", any -> {
            if (broken) {
                throw new KontorException(KontorException.Kind.INTERNAL, "The artifact is missing.");
            }
            return Optional.ofNullable(models.get(ModelRegistry.CHAMPION));
        }, "bearer", any -> Optional.ofNullable(models.get((String) any[1]))));
        ContributedPages pages = new ContributedPages(Stub.of(Activations.class, Map.of()), Stub.of(ActivePlugins.class,
                Map.of("parts", any -> List.of(instance), "instance", any -> Optional.of(instance))),
                Stub.of(PluginCatalogue.class, Map.of("find", any -> Optional.of(plugin))), calls, live);
        return Called.view(Called.page(pages, Role.ANALYST, "GET", "/stores/{store}/pages/{plugin}/{page}",
                Map.of("plugin", "taste", "page", "learning")), 200, ContributedView.class);
    }

    private String told() throws IOException {
        return ((View.Notice) shown().views().get(0)).text();
    }

    @Test
    void aPageReadsTheModelThatServesOrTheOneThatWaits() throws IOException {
        assertEquals("nothing", told());
        models.put(ModelRegistry.CHALLENGER, new LiveModels.Live("m1", 1, "waiting"));
        assertEquals("waiting", told());
        models.put(ModelRegistry.CHAMPION, new LiveModels.Live("m2", 2, "serving"));
        assertEquals("serving", told());
    }

    @Test
    void aPageWhoseModelCannotBeReadSaysThatItFailed() throws IOException {
        broken = true;
        ContributedView view = shown();
        assertEquals(List.of(), view.views());
        assertTrue(!view.failure().isEmpty(), "a card stands in its place");
    }
}

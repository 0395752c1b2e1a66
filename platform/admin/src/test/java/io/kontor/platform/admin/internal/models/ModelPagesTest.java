package io.kontor.platform.admin.internal.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.KontorException;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ModelCards;
import io.kontor.platform.models.ModelExchange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Models as they are listed, looked at and given their parts. */
class ModelPagesTest {

    private static final String ONE = "/stores/{store}/models/{model}";

    private final List<String> given = new ArrayList<>();
    private final List<ModelVersion> models = List.of(model("m2", 2, Set.of("challenger"), 0.25), model("m1", 1, Set.of("champion"), 0.2));
    private KontorException refused;
    private final ModelPages pages = new ModelPages(
            Stub.of(ModelRegistry.class, Map.of("list", any -> models,
                    "find", any -> models.stream().filter(each -> each.id().equals(any[1])).findFirst(), "alias", any -> {
                        given.add("give " + any[1] + " " + any[2]);
                        return models.stream().filter(each -> each.id().equals(any[1])).findFirst();
                    }, "removeAlias", any -> given.add("take " + any[1] + " " + any[2]))),
            Stub.of(Jobs.class, Map.of("list", any -> List.of(new Job("j", ModelRegistry.TRAIN_JOB, "shop", "com.acme.taste",
                    Job.State.SUCCEEDED, 1, "", Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Map.of("model", "m2", "promoted", false, "reason",
                    "Not promoted: clearly worse than the champion's settings (ndcg@10 0.2500 against 0.2000 on 40 held-out cases)."),
                    null, null)))),
            new Names(null, Stub.of(PluginCatalogue.class, Map.of("find", any -> Optional.empty()))),
            Stub.of(ModelCards.class, Map.of("of", any -> Optional.empty())),
            Stub.of(ModelExchange.class, Map.of("read", any -> {
                if (refused != null) {
                    throw refused;
                }
                return models.get(0);
            })));

    private static ModelVersion model(String id, int number, Set<String> aliases, double quality) {
        Evaluation own = new Evaluation(Map.of("ndcg@10", quality), "ndcg@10", true, 40);
        return new ModelVersion(id, "shop", number, aliases, Instant.EPOCH, own, new Evaluation(Map.of("ndcg@10", 0.1), "ndcg@10", true, 40),
                null, Map.of(), new Provenance("com.acme.taste", "1.0.0", new SnapshotInfo(Instant.EPOCH, Instant.EPOCH, 7, "abc"),
                Map.of("days", 20), 42,
                Instant.EPOCH), 2_048, "sha");
    }

    @Test
    void listsByPluginWithWhatServesAndWhatDoesNot() throws IOException {
        ModelListView view = Called.view(Called.page(pages, Role.VIEWER, "GET", "/stores/{store}/models", Map.of()), 200, ModelListView.class);
        assertEquals("taste", view.groups().get(0).title());
        assertEquals(List.of(2, 1), view.groups().get(0).models().stream().map(ModelRow::number).toList());
        assertEquals("warn", view.groups().get(0).models().get(0).tone());
        assertEquals("0.25", view.groups().get(0).models().get(0).main().value());
    }

    @Test
    void showsWhereAModelComesFromAndWhyItDoesNotServe() throws IOException {
        ModelView view = Called.view(Called.page(pages, Role.VIEWER, "GET", ONE, Map.of("model", "m2")), 200, ModelView.class);
        assertEquals("1", view.rival());
        assertEquals("Not promoted: clearly worse than the champion's settings ("
                + Metric.label(Visits.of(Role.VIEWER), "ndcg@10") + " 0.2500 against 0.2000 on 40 held-out cases).", view.reason());
        assertEquals("days", view.settings().get(0).label());
        assertEquals(List.of(), view.actions(), "a viewer changes nothing");
        assertThrows(Refusal.class, () -> Called.page(pages, Role.VIEWER, "GET", ONE, Map.of("model", "m3")));
    }

    @Test
    void anOperatorTakesAModelAwayAsAFileAndBringsOneIn() throws IOException {
        assertEquals("", Called.view(Called.page(pages, Role.VIEWER, "GET", ONE, Map.of("model", "m1")), 200, ModelView.class).file());
        assertEquals("/admin/stores/shop/models/m1/file", Called.view(Called.page(pages, Role.OPERATOR, "GET", ONE, Map.of("model", "m1")), 200,
                ModelView.class).file());
        Answer.Stream file = (Answer.Stream) Called.page(pages, Role.OPERATOR, "GET", ONE + "/file", Map.of("model", "m1"));
        assertEquals("com.acme.taste-1.zip", file.fileName());
        assertEquals(new Answer.Redirect("/stores/shop/models/m2"), Called.page(pages, Role.OPERATOR, "POST", "/stores/{store}/models",
                Map.of()));
        refused = new KontorException(KontorException.Kind.DATA, "The file is no model that can be imported: it has no artifact.");
        assertEquals(refused.getMessage(), Called.view(Called.page(pages, Role.OPERATOR, "POST", "/stores/{store}/models", Map.of()), 422,
                String.class));
    }

    @Test
    void anApproverGivesAndTakesParts() throws IOException {
        ModelView view = Called.view(Called.page(pages, Role.APPROVER, "GET", ONE, Map.of("model", "m1")), 200, ModelView.class);
        assertEquals(List.of("/admin/stores/shop/models/m1/take/champion", "/admin/stores/shop/models/m1/give/challenger",
                "/admin/stores/shop/models/m1/give/shadow"), view.actions().stream().map(ModelView.Action::href).toList());
        assertEquals(new Answer.Redirect("/stores/shop/models/m2"), Called.page(pages, Role.APPROVER, "POST", ONE + "/give/{alias}",
                Map.of("model", "m2", "alias", "champion")));
        Called.page(pages, Role.APPROVER, "POST", ONE + "/take/{alias}", Map.of("model", "m1", "alias", "champion"));
        assertEquals(List.of("give m2 champion", "take m1 champion"), given);
        assertThrows(Refusal.class, () -> Called.page(pages, Role.APPROVER, "POST",
                ONE + "/give/{alias}", Map.of("model", "m2", "alias", "king")));
        assertThrows(Refusal.class, () -> Called.page(pages, Role.APPROVER, "POST",
                ONE + "/take/{alias}", Map.of("model", "m3", "alias", "shadow")));
    }
}

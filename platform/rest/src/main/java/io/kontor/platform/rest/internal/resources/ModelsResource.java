package io.kontor.platform.rest.internal.resources;

import io.kontor.api.KontorException;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.feature.Feature;
import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.CodeVersion;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.MemberShare;
import io.kontor.api.model.Slice;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelCard;
import io.kontor.platform.models.ModelCards;
import io.kontor.platform.models.ModelExchange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The models of a store. */
@Path("stores/{store}/models")
@Component(service = Resource.class)
public final class ModelsResource implements Resource {

    private static final Set<String> ALIASES = Set.of("champion", "challenger", "shadow");

    private final ModelRegistry registry;
    private final ModelCards cards;
    private final ModelExchange exchange;

    /** What somebody should know of a model before it answers. */
    public record CardView(ModelView model, ModelRegistry.Decision decision, List<ModelCard.Limit> limits,
            List<ReleaseResource.ChangeView> history) {
    }

    /** A model in JSON: metrics beside those of the baseline and of the champion's settings on the same cases, with 95 % intervals. */
    public record ModelView(String id, String plugin, String pluginVersion, int number, List<String> aliases, Instant createdAt,
            String primary, Long cases, Map<String, Double> metrics, Map<String, Double> baseline, Map<String, Double> champion,
            Intervals intervals, Map<String, DifferenceView> differences, List<SliceView> slices, Map<String, CurveView> curves,
            SnapshotInfo snapshot, Map<String, Object> settings, long seed, CodeVersion code,
            List<MemberView> members, List<Map<String, String>> features, long sizeBytes, String sha256) {

        static ModelView of(ModelVersion model) {
            Evaluation own = model.evaluation();
            Map<String, DifferenceView> differences = new TreeMap<>();
            model.differences().forEach((name, difference) -> differences.put(name, DifferenceView.of(difference)));
            return new ModelView(model.id(), model.provenance().plugin(), model.provenance().pluginVersion(), model.number(),
                    model.aliases().stream().sorted().toList(), model.createdAt(), own == null ? null : own.primary(),
                    own == null ? null : own.cases(), metrics(own), metrics(model.baseline()), metrics(model.champion()),
                    own == null ? null : Intervals.of(model), differences, SliceView.of(model), CurveView.of(own),
                    model.provenance().snapshot(), model.provenance().settings(), model.provenance().seed(), model.provenance().code(),
                    model.provenance().members().stream().map(MemberView::of).toList(),
                    model.provenance().features().<List<Map<String, String>>>map(set -> set.features().stream()
                    .<Map<String, String>>map(Feature::definition).toList()).orElse(List.of()),
                    model.sizeBytes(), model.sha256());
        }

        private static Map<String, Double> metrics(Evaluation evaluation) {
            return evaluation == null ? null : evaluation.metrics();
        }
    }

    /** A member of an ensemble; the loss is null when it was not judged. */
    public record MemberView(String plugin, String version, String segment, double weight, Double loss) {

        static MemberView of(MemberShare share) {
            return new MemberView(share.plugin(), share.version(), share.segment(), share.weight(),
                    Double.isNaN(share.loss()) ? null : share.loss());
        }
    }

    /** Where the true values of metrics lie: those of the model, of the baseline and of the champion's settings. */
    public record Intervals(Map<String, Interval> metrics, Map<String, Interval> baseline, Map<String, Interval> champion) {

        static Intervals of(ModelVersion model) {
            return new Intervals(model.evaluation().intervals(), model.baseline() == null ? null : model.baseline().intervals(),
                    model.champion() == null ? null : model.champion().intervals());
        }
    }

    /** The points of a curve; thresholds above all scores are null. */
    public record CurveView(List<Double> x, List<Double> y, List<Double> at) {

        static Map<String, CurveView> of(Evaluation evaluation) {
            Map<String, CurveView> views = new TreeMap<>();
            if (evaluation != null) {
                evaluation.curves().forEach((name, curve) -> views.put(name, new CurveView(list(curve.x()), list(curve.y()),
                        list(curve.at()))));
            }
            return views;
        }

        private static List<Double> list(double[] values) {
            return Arrays.stream(values).boxed().toList();
        }
    }

    /** The model's primary metric less a rival's. */
    public record DifferenceView(double value, double low, double high, double level) {

        /** Null where nothing can be said. */
        static DifferenceView of(Difference difference) {
            Interval interval = difference.interval();
            return Double.isNaN(difference.value()) || Double.isNaN(interval.low()) ? null
                    : new DifferenceView(difference.value(), interval.low(), interval.high(), interval.level());
        }
    }

    /** A part of the held-out cases. */
    public record SliceView(String dimension, String segment, long cases, Map<String, Double> metrics, Map<String, Interval> intervals,
            Map<String, Double> baseline, Map<String, Double> champion) {

        static List<SliceView> of(ModelVersion model) {
            return model.evaluation() == null ? List.of() : model.evaluation().slices().stream().map(slice -> new SliceView(slice.dimension(),
                    slice.segment(), slice.cases(), slice.metrics(), slice.intervals(), same(model.baseline(), slice),
                    same(model.champion(), slice))).toList();
        }

        private static Map<String, Double> same(Evaluation rival, Slice slice) {
            return rival == null ? null : rival.slices().stream().filter(other -> other.dimension().equals(slice.dimension())
                    && other.segment().equals(slice.segment())).findFirst().map(Slice::metrics).orElse(null);
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param registry the registry
     * @param cards tells what to mind of models
     * @param exchange writes and reads models as files
     */
    @Activate
    public ModelsResource(@Reference ModelRegistry registry, @Reference ModelCards cards, @Reference ModelExchange exchange) {
        this.registry = registry;
        this.cards = cards;
        this.exchange = exchange;
    }

    /** Tells what to know of a model. */
    @GET
    @Path("{model}/card")
    @Requires(Role.VIEWER)
    @Describe("Gives the card of a model: where it comes from, how good it is, what to mind, how it was decided on and what happened to it.")
    public CardView card(@PathParam("store") String store, @PathParam("model") String model, Call call) {
        ModelCard card = cards.of(store, model, call.locale()).orElseThrow(() -> gone(model));
        return new CardView(ModelView.of(card.model()), card.decision(), card.limits(),
                card.history().stream().map(ReleaseResource.ChangeView::of).toList());
    }

    /** Exports. */
    @GET
    @Path("{model}/export")
    @Requires(Role.OPERATOR)
    @Describe(value = "Gives a model as one file: a zip with its provenance, its evaluation and its artifact.", produces = "application/zip")
    public Reply<Void> export(@PathParam("store") String store, @PathParam("model") String model) {
        ModelVersion found = registry.find(store, model).orElseThrow(() -> gone(model));
        return Reply.<Void>streaming("application/zip", out -> exchange.write(store, model, out)).with("Content-Disposition",
                "attachment; filename=\"" + found.provenance().plugin().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + found.number() + ".zip\"");
    }

    /** Imports. */
    @POST
    @Requires(Role.OPERATOR)
    @Describe(value = "Takes a model that was exported, as the challenger; checks bytes, plugin and version first.", status = 201)
    public Reply<ModelView> importModel(@PathParam("store") String store, Call call) throws IOException {
        try {
            ModelVersion model = exchange.read(store, call.body(), call.principal().name());
            return Reply.of(201, ModelView.of(model)).with("Location", "/api/v1/stores/" + store + "/models/" + model.id() + "/card");
        } catch (KontorException e) {
            throw e.kind() == KontorException.Kind.INTERNAL ? e : Problem.of(422, e.getMessage());
        }
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the models of a store, the newest first.")
    public Page<ModelView> list(@PathParam("store") String store, @QueryParam("plugin") String plugin,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        List<ModelView> all = registry.list(store, plugin).stream().map(ModelView::of).toList();
        if (cursor != null) {
            int at = all.stream().map(ModelView::id).toList().indexOf(cursor);
            if (at < 0) {
                throw Problem.field(400, "cursor", "is not one that this list gave");
            }
            all = all.subList(at + 1, all.size());
        }
        return Page.cut(all, limit, ModelView::id);
    }

    /** Promotes. */
    @PUT
    @Path("{model}/aliases/{alias}")
    @Requires(Role.APPROVER)
    @Describe("Gives a model an alias; the champion serves, the shadow is asked beside it.")
    public ModelView alias(@PathParam("store") String store, @PathParam("model") String model, @PathParam("alias") String alias,
            @QueryParam("reason") @DefaultValue("") String reason, Call call) {
        return ModelView.of(registry.alias(store, model, known(alias), AliasChange.Author.person(call.principal().name(), reason))
                .orElseThrow(() -> gone(model)));
    }

    /** Demotes. */
    @DELETE
    @Path("{model}/aliases/{alias}")
    @Requires(Role.APPROVER)
    @Describe(value = "Takes an alias from a model.", status = 204)
    public Reply<Void> removeAlias(@PathParam("store") String store, @PathParam("model") String model, @PathParam("alias") String alias,
            @QueryParam("reason") @DefaultValue("") String reason, Call call) {
        if (!registry.removeAlias(store, model, known(alias), AliasChange.Author.person(call.principal().name(), reason))) {
            throw Problem.of(404, "The model does not have the alias " + alias + ".");
        }
        return Reply.of(204, null);
    }

    private static String known(String alias) {
        if (!ALIASES.contains(alias)) {
            throw Problem.of(404, "An alias is champion, challenger or shadow.");
        }
        return alias;
    }

    private static Problem gone(String model) {
        return Problem.of(404, "There is no model \"" + model + "\".");
    }
}

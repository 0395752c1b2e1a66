package io.kontor.platform.rest.internal.resources;

import io.kontor.api.decision.Reason;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RiskRule;
import io.kontor.platform.decisions.RiskRuleBook;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The operator's rules for transactions. */
@Path("stores/{store}/risk")
@Component(service = Resource.class)
public final class RiskRulesResource implements Resource {

    private static final String UNNAMED = "test";

    private final RiskRuleBook rules;

    /**
     * A rule; as an answer with nothing missing.
     *
     * @param id its id; may be missing in requests, where the path has it
     * @param name what people call it
     * @param description what it is for
     * @param conditions all of which must hold
     * @param action decline, approve, review or score
     * @param weight what it adds to the score of rules, -1 to 1
     * @param enabled whether it applies
     */
    public record RiskRuleView(String id, String name, String description, List<RuleForm.ConditionForm> conditions, String action,
            Double weight, Boolean enabled) {

        static RiskRuleView of(RiskRule rule) {
            RuleForm form = RuleForm.of(rule);
            return new RiskRuleView(rule.id(), form.name(), form.description(), form.conditions(), form.action(), form.weight(), form.enabled());
        }

        RiskRule rule(String ruleId) {
            if (id != null && !id.equals(ruleId) && !ruleId.equals(UNNAMED)) {
                throw Problem.field(422, "id", "is not the one in the path");
            }
            try {
                return new RuleForm(name, description, conditions, action, weight, enabled).rule(ruleId);
            } catch (FormRefusedException e) {
                throw refused(e);
            }
        }
    }

    /**
     * How a rule would have done.
     *
     * @param transactions on how many recorded transactions it was tried, the latest 50,000 at most
     * @param from time of the first; null when there are none
     * @param to time of the last; null when there are none
     * @param hits to how many it applies
     * @param labelledHits how many of these have a label
     * @param frauds how many of all are known as fraud
     * @param fraudHits how many of the hits are known as fraud
     * @param precision which share of the labelled hits is fraud; null when none has a label
     * @param recall which share of the known frauds it finds; null when none is known
     * @param examples the latest hits
     */
    public record RuleTrialView(long transactions, Instant from, Instant to, long hits, long labelledHits, long frauds, long fraudHits,
            Double precision, Double recall, List<RuleExample> examples) {

        static RuleTrialView of(RiskRuleBook.Trial trial) {
            return new RuleTrialView(trial.transactions(), trial.from(), trial.to(), trial.hits(), trial.labelledHits(), trial.frauds(),
                    trial.fraudHits(), trial.precision().orElse(null), trial.recall().orElse(null),
                    trial.examples().stream().map(RuleExample::of).toList());
        }
    }

    /**
     * A transaction to which a rule applies.
     *
     * @param transaction its id
     * @param time when
     * @param amount its amount
     * @param label fraud or legitimate; null when not known
     * @param reason what the rule found
     */
    public record RuleExample(String transaction, Instant time, double amount, String label, Reason reason) {

        static RuleExample of(RiskRuleBook.Example example) {
            LabelledTransaction row = example.transaction();
            return new RuleExample(row.transaction().id(), row.transaction().time(), row.transaction().amount(),
                    row.label() == LabelledTransaction.Label.UNKNOWN ? null : row.label().name().toLowerCase(Locale.ROOT), example.reason());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param rules keeps them
     */
    @Activate
    public RiskRulesResource(@Reference RiskRuleBook rules) {
        this.rules = rules;
    }

    /** Lists. */
    @GET
    @Path("rules")
    @Requires(Role.VIEWER)
    @Describe("Lists the rules of a store.")
    public Page<RiskRuleView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        return Page.of(rules.list(store).stream().map(RiskRuleView::of).toList(), limit, cursor, RiskRuleView::id);
    }

    /** Lists the built-in ones. */
    @GET
    @Path("starter-rules")
    @Requires(Role.VIEWER)
    @Describe("Lists the built-in rules, which apply while a store has none; put one to make it the store's own.")
    public Page<RiskRuleView> starters(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        return Page.of(rules.starters(store).stream().map(RiskRuleView::of).toList(), limit, cursor, RiskRuleView::id);
    }

    /** Shows. */
    @GET
    @Path("rules/{rule}")
    @Requires(Role.VIEWER)
    @Describe("Shows a rule.")
    public RiskRuleView find(@PathParam("store") String store, @PathParam("rule") String id) {
        return RiskRuleView.of(rules.find(store, id).orElseThrow(() -> gone(id)));
    }

    /** Adds or changes. */
    @PUT
    @Path("rules/{rule}")
    @Requires(Role.OPERATOR)
    @Describe("Adds or replaces a rule; it applies from the next transaction on.")
    public RiskRuleView put(@PathParam("store") String store, @PathParam("rule") String id, RiskRuleView wanted) {
        RiskRule rule = wanted.rule(id);
        try {
            rules.put(store, rule);
        } catch (FormRefusedException e) {
            throw refused(e);
        }
        return RiskRuleView.of(rule);
    }

    /** Removes. */
    @DELETE
    @Path("rules/{rule}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes a rule.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("rule") String id) {
        if (!rules.delete(store, id)) {
            throw gone(id);
        }
        return Reply.of(204, null);
    }

    /** Tries. */
    @POST
    @Unaudited
    @Path("rules/test")
    @Requires(Role.ANALYST)
    @Describe("Tries a rule, which is not kept, on the recorded transactions.")
    public RuleTrialView test(@PathParam("store") String store, RiskRuleView wanted) {
        return RuleTrialView.of(rules.test(store, wanted.rule(UNNAMED)));
    }

    private static Problem refused(FormRefusedException e) {
        return Problem.fields(422, e.faults().stream().map(fault -> new Problem.FieldError(fault.field(), fault.message())).toList());
    }

    private static Problem gone(String id) {
        return Problem.of(404, "There is no rule \"" + id + "\".");
    }
}

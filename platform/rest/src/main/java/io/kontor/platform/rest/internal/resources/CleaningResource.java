package io.kontor.platform.rest.internal.resources;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataCleaning;
import io.kontor.platform.data.DataCleaning.Action;
import io.kontor.platform.data.DataCleaning.Effect;
import io.kontor.platform.data.DataCleaning.Fill;
import io.kontor.platform.data.DataCleaning.Rule;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How a store wants its records cleaned when plugins learn from them. */
@Path("stores/{store}/data/cleaning/{entity}")
@Component(service = Resource.class)
public final class CleaningResource implements Resource {

    private final DataCleaning cleaning;

    /**
     * A rule for one column.
     *
     * @param column which column
     * @param action drop, cap, fill or keep
     * @param low smallest good value; null for none
     * @param high largest good value; null for none
     * @param lowQuantile share of rows below which values are not good, instead of low
     * @param highQuantile share of rows above which values are not good, instead of high
     * @param fill constant, median or last; for the action fill
     * @param value the constant
     */
    public record CleaningRule(String column, String action, Double low, Double high, Double lowQuantile, Double highQuantile, String fill,
            String value) {

        static CleaningRule of(Rule rule) {
            return new CleaningRule(rule.column(), rule.action().name().toLowerCase(Locale.ROOT), rule.low(), rule.high(), rule.lowQuantile(),
                    rule.highQuantile(), rule.fill() == null ? null : rule.fill().name().toLowerCase(Locale.ROOT), rule.value());
        }

        Rule rule(int index) {
            if (column == null) {
                throw Problem.field(422, "rules[" + index + "].column", "must be given");
            }
            Action wanted = choice(Action.class, action);
            Fill filled = fill == null ? null : choice(Fill.class, fill);
            if (wanted == null) {
                throw Problem.field(422, "rules[" + index + "].action", "must be one of drop, cap, fill, keep");
            }
            if (fill != null && filled == null) {
                throw Problem.field(422, "rules[" + index + "].fill", "must be one of constant, median, last");
            }
            return new Rule(column, wanted, low, high, lowQuantile, highQuantile, filled, value);
        }

        private static <E extends Enum<E>> E choice(Class<E> type, String text) {
            for (E each : type.getEnumConstants()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return each;
                }
            }
            return null;
        }
    }

    /**
     * Rules, at most one a column.
     *
     * @param rules the rules
     */
    public record CleaningForm(List<CleaningRule> rules) {
    }

    /**
     * What a rule does to the records as they are now.
     *
     * @param column which column
     * @param rows how many rows it leaves out or changes
     * @param of of how many
     * @param low the bound in use; null for none
     * @param high the bound in use; null for none
     * @param fill what is filled in; null when it depends on the row or nothing is
     * @param examples up to five of the rows
     */
    public record CleaningEffect(String column, long rows, long of, Double low, Double high, String fill, List<Map<String, Object>> examples) {

        static CleaningEffect of(Effect effect) {
            return new CleaningEffect(effect.rule().column(), effect.rows(), effect.of(), effect.low(), effect.high(), effect.fill(),
                    effect.examples());
        }
    }

    /**
     * The rules of an entity and what they do.
     *
     * @param entity which records
     * @param rules the rules
     * @param effects what each does to the records as they are now
     */
    public record CleaningView(String entity, List<CleaningRule> rules, List<CleaningEffect> effects) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param cleaning keeps the rules
     */
    @Activate
    public CleaningResource(@Reference DataCleaning cleaning) {
        this.cleaning = cleaning;
    }

    /** Shows. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Shows by which rules the records of an entity are cleaned when plugins learn from them, and what each rule changes.")
    public CleaningView find(@PathParam("store") String store, @PathParam("entity") String entity) {
        Entity known = entity(entity);
        return view(store, known, cleaning.rules(store, known));
    }

    /** Replaces. */
    @PUT
    @Requires(Role.OPERATOR)
    @Describe("Replaces the rules of an entity; the records stay as they came. With dryRun=true only tells what the rules would change.")
    public CleaningView put(@PathParam("store") String store, @PathParam("entity") String entity,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, CleaningForm wanted) {
        Entity known = entity(entity);
        if (wanted.rules == null) {
            throw Problem.field(422, "rules", "must be given");
        }
        List<Rule> rules = new ArrayList<>();
        for (CleaningRule rule : wanted.rules) {
            if (rule == null) {
                throw Problem.field(422, "rules[" + rules.size() + "]", "must be a rule");
            }
            rules.add(rule.rule(rules.size()));
        }
        CleaningView view = view(store, known, rules);
        if (!dryRun) {
            cleaning.put(store, known, rules);
        }
        return view;
    }

    /** Removes. */
    @DELETE
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes the rules of an entity.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("entity") String entity) {
        cleaning.put(store, entity(entity), List.of());
        return Reply.of(204, null);
    }

    private CleaningView view(String store, Entity entity, List<Rule> rules) {
        return new CleaningView(entity.path(), rules.stream().map(CleaningRule::of).toList(),
                cleaning.preview(store, entity, rules).stream().map(CleaningEffect::of).toList());
    }

    private static Entity entity(String name) {
        return Entity.of(name).orElseThrow(() -> Problem.of(404, "There are no records called \"" + name + "\"."));
    }
}

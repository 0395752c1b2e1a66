package io.kontor.platform.admin.internal.records;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataCleaning;
import io.kontor.platform.data.DataCleaning.Action;
import io.kontor.platform.data.DataCleaning.Effect;
import io.kontor.platform.data.DataCleaning.Fill;
import io.kontor.platform.data.DataCleaning.Rule;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The rules by which a store's records are cleaned when plugins learn from them. */
@Component(service = Pages.class)
public final class CleaningPages implements Pages {

    private final DataCleaning cleaning;

    /**
     * Made by Declarative Services.
     *
     * @param cleaning keeps the rules
     */
    @Activate
    public CleaningPages(@Reference DataCleaning cleaning) {
        this.cleaning = cleaning;
    }

    /**
     * The rules of a store and the form for one more.
     *
     * @param rules what there is
     * @param columns columns that rules may be about, by entity
     * @param entity the form's entity
     * @param column the form's column
     * @param action the form's action, in small letters
     * @param bounds the form's {@code low}, {@code high}, {@code lowQuantile}, {@code highQuantile}, {@code fill} and {@code value}
     * @param fault why the rule cannot be; empty when it can
     * @param effect what the form's rule would do; null before it was tried
     */
    public record Cleaning(List<RuleRow> rules, Map<Entity, List<String>> columns, String entity, String column, String action,
            Map<String, String> bounds, String fault, RuleRow effect) {

        /** A field of the form. */
        public String bound(String name) {
            return bounds.getOrDefault(name, "");
        }
    }

    /**
     * A rule in words.
     *
     * @param entity which records
     * @param column which column
     * @param text what it does
     * @param rows how many rows it leaves out or changes, of how many
     * @param examples some of them, each a line
     */
    public record RuleRow(Entity entity, String column, String text, String rows, List<String> examples) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/data/cleaning", Role.VIEWER, this::show),
                Route.post("/stores/{store}/data/cleaning", Role.OPERATOR, this::work),
                Route.post("/stores/{store}/data/cleaning/remove", Role.OPERATOR, this::remove));
    }

    private Answer show(Visit visit) {
        return Answer.html("records/cleaning", view(visit, "", null));
    }

    private Cleaning view(Visit visit, String fault, RuleRow effect) {
        List<RuleRow> rows = new ArrayList<>();
        Map<Entity, List<String>> columns = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            columns.put(entity, cleaning.columns(entity));
            List<Rule> rules = cleaning.rules(visit.store().id(), entity);
            if (!rules.isEmpty()) {
                cleaning.preview(visit.store().id(), entity, rules).forEach(each -> rows.add(row(visit, entity, each)));
            }
        }
        return new Cleaning(rows, columns, target(visit)[0], target(visit)[1], visit.field("action"), visit.fields(), fault, effect);
    }

    /** Entity and column, which the form has as one value. */
    private static String[] target(Visit visit) {
        String[] parts = visit.field("target").split("\\.", 2);
        return parts.length == 2 ? parts : new String[] {"", ""};
    }

    private Answer work(Visit visit) {
        Entity entity = Entity.of(target(visit)[0]).orElse(null);
        Rule rule;
        try {
            rule = rule(visit);
        } catch (IllegalArgumentException notUnderstood) {
            rule = null;
        }
        if (entity == null || rule == null) {
            return Answer.again("records/cleaning", view(visit, visit.text("records.cleaning.incomplete"), null));
        }
        String store = visit.store().id();
        try {
            if (visit.field("do").equals("save")) {
                String column = rule.column();
                List<Rule> rules = new ArrayList<>(cleaning.rules(store, entity));
                rules.removeIf(each -> each.column().equals(column));
                rules.add(rule);
                cleaning.put(store, entity, rules);
                return Answer.to("/stores/" + store + "/data/cleaning");
            }
            return Answer.html("records/cleaning", view(visit, "", row(visit, entity,
                    cleaning.preview(store, entity, List.of(rule)).get(0))));
        } catch (KontorException e) {
            return Answer.again("records/cleaning", view(visit, visit.said(e.getMessage()), null));
        }
    }

    private static Rule rule(Visit visit) {
        Action action = Action.valueOf(visit.field("action").toUpperCase(Locale.ROOT));
        boolean bounds = action == Action.CAP || action == Action.DROP;
        Fill fill = action != Action.FILL || visit.field("fill").isEmpty() ? null : Fill.valueOf(visit.field("fill").toUpperCase(Locale.ROOT));
        return new Rule(target(visit)[1], action, bounds ? number(visit, "low", 1) : null, bounds ? number(visit, "high", 1) : null,
                bounds ? number(visit, "lowQuantile", 100) : null, bounds ? number(visit, "highQuantile", 100) : null, fill,
                fill == Fill.CONSTANT ? visit.field("value") : null);
    }

    private static Double number(Visit visit, String name, double unit) {
        String text = visit.field(name).replace(',', '.');
        return text.isEmpty() ? null : Double.valueOf(Double.parseDouble(text) / unit);
    }

    private Answer remove(Visit visit) {
        Entity entity = Entity.of(visit.field("entity")).orElseThrow(() -> Refusal.missing(visit));
        List<Rule> rules = new ArrayList<>(cleaning.rules(visit.store().id(), entity));
        if (!rules.removeIf(each -> each.column().equals(visit.field("column")))) {
            throw Refusal.missing(visit);
        }
        cleaning.put(visit.store().id(), entity, rules);
        return Answer.to("/stores/" + visit.store().id() + "/data/cleaning");
    }

    private static RuleRow row(Visit visit, Entity entity, Effect effect) {
        Rule rule = effect.rule();
        String what = switch (rule.action()) {
            case KEEP -> visit.text("records.cleaning.says.keep");
            case FILL -> visit.text("records.cleaning.says.fill." + rule.fill().name().toLowerCase(Locale.ROOT),
                    effect.fill() == null ? "–" : effect.fill());
            case DROP, CAP -> {
                String key = "records.cleaning.says." + rule.action().name().toLowerCase(Locale.ROOT);
                yield effect.low() == null && effect.high() == null ? visit.text(key + ".missing") : visit.text(key,
                        effect.low() == null ? "–∞" : visit.format().number(effect.low(), 4),
                        effect.high() == null ? "∞" : visit.format().number(effect.high(), 4));
            }
        };
        return new RuleRow(entity, rule.column(), what, visit.text("records.cleaning.rows", effect.rows(), effect.of()),
                effect.examples().stream().map(example -> Finding.example(visit, example)).toList());
    }
}

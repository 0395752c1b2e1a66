package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How a store wants its records cleaned when plugins learn from them. The records stay as they came: rules work on snapshots alone, are part of
 * their fingerprint, and can be taken back. A service; safe for use by several threads.
 */
@ProviderType
public interface DataCleaning {

    /** What happens to values that a rule is about. */
    enum Action {
        /** Rows with a value outside of the bounds, or without one where there are no bounds, are left out. */
        DROP,
        /** Values outside of the bounds become the bound (winsorising: Dixon 1960). */
        CAP,
        /** Missing values are filled. */
        FILL,
        /** Nothing: somebody has looked and found it right. */
        KEEP
    }

    /** What missing values are filled with. */
    enum Fill {
        /** The rule's own value. */
        CONSTANT,
        /** The median of the column, from a sample of at most 20,000 rows. */
        MEDIAN,
        /** The value that the same product had last; of any row where rows name no product. */
        LAST
    }

    /**
     * A rule for one column.
     *
     * @param column as in the import files
     * @param action what happens
     * @param low smallest good value; null for none
     * @param high largest good value; null for none
     * @param lowQuantile share of rows below which values are not good, 0 to 1, instead of {@code low}; null for none
     * @param highQuantile share of rows above which values are not good, 0 to 1, instead of {@code high}; null for none
     * @param fill what missing values are filled with; null unless the action is FILL
     * @param value the constant; null unless the fill is CONSTANT
     */
    record Rule(String column, Action action, Double low, Double high, Double lowQuantile, Double highQuantile, Fill fill, String value) {

        /** Checks that there are a column and an action. */
        public Rule {
            Objects.requireNonNull(column, "column");
            Objects.requireNonNull(action, "action");
        }
    }

    /**
     * What a rule does to the records as they are now.
     *
     * @param rule the rule
     * @param rows how many rows it leaves out or changes
     * @param of of how many
     * @param low the bound in use; null for none
     * @param high the bound in use; null for none
     * @param fill what is filled in; null when it depends on the row or nothing is
     * @param examples up to five of the rows, with their id and the value that changes
     */
    record Effect(Rule rule, long rows, long of, Double low, Double high, String fill, List<Map<String, Object>> examples) {
    }

    /**
     * The columns that rules may be about.
     *
     * @param entity which records
     * @return their names
     */
    List<String> columns(Entity entity);

    /**
     * The rules of a store for an entity.
     *
     * @param store the store's id
     * @param entity which records
     * @return the rules, one a column; empty when there are none
     */
    List<Rule> rules(String store, Entity entity);

    /**
     * Replaces the rules of a store for an entity.
     *
     * @param store the id of an existing store
     * @param entity which records
     * @param rules the new ones; empty to have none
     * @throws io.kontor.api.KontorException of kind DATA naming the column, when a rule makes no sense; nothing is changed then
     */
    void put(String store, Entity entity, List<Rule> rules);

    /**
     * What rules would do; nothing is kept.
     *
     * @param store the id of an existing store
     * @param entity which records
     * @param rules the rules
     * @return one effect a rule
     * @throws io.kontor.api.KontorException of kind DATA naming the column, when a rule makes no sense
     */
    List<Effect> preview(String store, Entity entity, List<Rule> rules);
}

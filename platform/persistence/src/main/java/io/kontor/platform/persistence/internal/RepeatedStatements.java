package io.kontor.platform.persistence.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of scripts one by one and goes on with a script that was cut short. H2 commits each statement that changes a table's form
 * by itself, so such a script leaves what its first statements did, without an entry in the history, and is run again from its beginning. A
 * statement that may have been run before counts as done when it fails because what it makes is there or what it removes is gone. For one run.
 */
final class RepeatedStatements extends BaseCallback {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStatements.class);

    /** By how a statement begins, the error codes of H2 that tell that it was run before. */
    private static final Map<String, Set<Integer>> DONE = Map.of(
            "create", Set.of(42101, 42111), // table or index is there
            "alter", Set.of(42121, 90045, 42122, 90057), // column or constraint is there or gone
            "drop", Set.of(42102, 42112), // table or index is gone
            "insert", Set.of(23505)); // the rows are there: one statement stores all of its rows or none

    private static final String COMMENT = "(?m)^\\s*--.*$";

    private int before;
    private int step;
    private boolean failed;

    /**
     * Statements.
     *
     * @param before how many of the next script may have been run before
     */
    RepeatedStatements(int before) {
        this.before = before;
    }

    /** How many statements of the script at which the run stopped are done. */
    int done() {
        return step;
    }

    /** The same database, with statements that are counted. */
    DataSource over(DataSource source) {
        return forward(DataSource.class, source);
    }

    private <T> T forward(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(RepeatedStatements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            boolean executes = target instanceof Statement && method.getName().equals("execute");
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                if (!executes || !wasRunBefore((String) arguments[0], (SQLException) e.getCause())) {
                    failed |= executes;
                    throw e.getCause();
                }
                result = false;
            }
            step += executes && !failed ? 1 : 0;
            if (result instanceof Connection connection) {
                return forward(Connection.class, connection);
            }
            return result instanceof Statement statement && method.getName().equals("createStatement")
                    ? forward(Statement.class, statement) : result;
        }));
    }

    private boolean wasRunBefore(String sql, SQLException failure) {
        String begin = sql.replaceAll(COMMENT, "").strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        if (step >= before || !DONE.getOrDefault(begin, Set.of()).contains(failure.getErrorCode())) {
            return false;
        }
        LOG.info("A migration that was cut short goes on: {}", failure.getMessage().lines().findFirst().orElse(""));
        return true;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    /** What comes after the script that was cut short was never begun. */
    @Override
    public void handle(Event event, Context context) {
        step = 0;
        before = event == Event.AFTER_EACH_MIGRATE ? 0 : before;
    }
}

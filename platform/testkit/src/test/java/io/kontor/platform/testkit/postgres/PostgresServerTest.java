package io.kontor.platform.testkit.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    @Test
    void givesEveryCallerAnEmptyDatabase() throws SQLException {
        FreshDatabase one = FreshDatabase.postgres();
        FreshDatabase two = FreshDatabase.postgres();
        assertNotEquals(one.url(), two.url());
        try (Connection connection = DriverManager.getConnection(one.url(), one.user(), one.password());
            Statement statement = connection.createStatement();
            ResultSet tables = statement.executeQuery("select count(*) from information_schema.tables where table_schema = 'public'")) {
            tables.next();
            assertEquals(0, tables.getInt(1));
        }
    }

    @Test
    void refusesAWrongPassword() {
        FreshDatabase database = FreshDatabase.postgres();
        assertThrows(SQLException.class, () -> DriverManager.getConnection(database.url(), database.user(), "wrong"));
    }

    @Test
    void isGoneAfterClose() throws IOException {
        PostgresServer server = PostgresServer.start(true);
        ProcessHandle process = server.process();
        server.close();
        process.onExit().join();
        assertFalse(process.isAlive());
    }
}

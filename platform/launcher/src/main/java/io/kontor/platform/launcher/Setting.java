package io.kontor.platform.launcher;

import java.util.Locale;

/**
 * One thing an operator can set: by an environment variable, or by the same name in lower case with dots in
 * {@code etc/kontor.properties}.
 */
public enum Setting {
    /** Address to listen on. */
    HOST("127.0.0.1"),
    /** Port to listen on; 0 picks a free one. */
    PORT("8080"),
    /** Folder of the database, caches, models and logs. */
    DATA("data"),
    /** The hot-deploy folder. */
    DEPLOY("deploy"),
    /** JDBC URL of the database. */
    DB_URL(""),
    /** User of the database. */
    DB_USER(""),
    /** Password of the database. */
    DB_PASSWORD(""),
    /** Password of the account {@code admin} at the first start. */
    ADMIN_PASSWORD(""),
    /** An API key with the role admin. */
    API_KEY(""),
    /** How long jobs may run, such as {@code 6h, import=2h, train/berlin=1d}. */
    JOB_LIMITS(""),
    /** What a training run may take where its store says nothing, such as {@code threads=2, memory=400m, time=2h}. */
    TRAINING_LIMITS(""),
    /** Folder with a folder for each store, where data sources may read files; {@code sources} in the data folder if not set. */
    SOURCE_FOLDER(""),
    /** Hosts in private networks that data sources may call: names or addresses with commas between. */
    SOURCE_HOSTS(""),
    /** Options of the Java virtual machine; read by {@code bin/kontor}, known here so that the file may hold it. */
    JAVA_OPTS("");

    private final String defaultValue;

    Setting(String defaultValue) {
        this.defaultValue = defaultValue;
    }

    /**
     * Name in the environment.
     *
     * @return such as {@code KONTOR_DB_URL}
     */
    public String variable() {
        return "KONTOR_" + name();
    }

    /**
     * Name in {@code etc/kontor.properties} and among the framework's properties.
     *
     * @return such as {@code kontor.db.url}
     */
    public String key() {
        return "kontor." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    String defaultValue() {
        return defaultValue;
    }
}

package io.kontor.platform.launcher;

import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.osgi.framework.Constants;

/** What the framework and, through it, the bundles are told at the start. */
final class FrameworkProperties {

    /** Given to the bundles only if the operator set them; never logged. */
    private static final List<Setting> PASSED_ON =
            List.of(Setting.DB_URL, Setting.DB_USER, Setting.DB_PASSWORD, Setting.ADMIN_PASSWORD, Setting.API_KEY,
                    Setting.JOB_LIMITS, Setting.TRAINING_LIMITS, Setting.SOURCE_FOLDER, Setting.SOURCE_HOSTS);

    private static final List<String> SLF4J = List.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    /** SLF4J 2 serves callers of 1.7 as well, and some bundles ask for no more than that. */
    private static final String OLD_SLF4J = "1.7.36";

    private static final List<String> LOGBACK = List.of("ch.qos.logback.classic", "ch.qos.logback.classic.jul",
            "ch.qos.logback.classic.spi", "ch.qos.logback.classic.util", "ch.qos.logback.core", "ch.qos.logback.core.spi",
            "ch.qos.logback.core.status");

    private FrameworkProperties() {
    }

    static Map<String, Object> of(Settings settings, int highestLevel) {
        Path cache = settings.data().resolve("cache");
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, cache.resolve("bundles").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(highestLevel));
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, systemPackages());
        properties.put("felix.log.logger", new FrameworkLog());
        properties.put("felix.log.level", "3");

        properties.put("kontor.home", settings.home().toString());
        properties.put(Setting.DATA.key(), settings.data().toString());
        properties.put(Setting.DEPLOY.key(), settings.deploy().toString());
        for (Setting setting : PASSED_ON) {
            settings.given(setting).ifPresent(value -> properties.put(setting.key(), value));
        }

        properties.put("felix.cm.pm", "db");
        properties.put("ds.showtrace", "false");
        properties.put("ds.loglevel", "2");
        properties.put("org.apache.felix.http.host", settings.host());
        properties.put("org.osgi.service.http.port", Integer.toString(settings.port()));
        properties.put("org.apache.felix.http.jetty.sendServerHeader", "false");
        // a shop's ids may have slashes and dots in them: the servlets take the raw path apart before they decode
        properties.put("org.eclipse.jetty.UriComplianceMode", "UNSAFE");
        properties.put("gosh.args", "--nointeractive");

        properties.put("felix.fileinstall.dir", settings.deploy().toString());
        properties.put("felix.fileinstall.tmpdir", cache.resolve("fileinstall").toString());
        properties.put("felix.fileinstall.filter", ".*\\.jar");
        properties.put("felix.fileinstall.poll", "200");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.enableConfigSave", "false");
        properties.put("felix.fileinstall.log.level", "2");
        return properties;
    }

    private static String systemPackages() {
        StringJoiner packages = new StringJoiner(",");
        SLF4J.forEach(name -> packages.add(name + ";version=" + version(org.slf4j.Logger.class)).add(name + ";version=" + OLD_SLF4J));
        LOGBACK.forEach(name -> packages.add(name + ";version=" + version(ch.qos.logback.classic.Logger.class)));
        return packages.toString();
    }

    /** The version in the name of the jar that a class came from. */
    private static String version(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source.getLocation();
        String name = location.getPath().substring(location.getPath().lastIndexOf('/') + 1);
        return name.replaceFirst("^.*-(\\d+(\\.\\d+){0,2})[^/]*\\.jar$", "$1");
    }
}

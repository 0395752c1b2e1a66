package io.kontor.platform.admin.internal.shell;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;

/** The static files of this bundle below {@code web/}. Their addresses carry a hash of the content, so browsers may keep them for good. */
public final class Assets {

    static final String FOLDER = "assets";

    private static final Map<String, String> TYPES = Map.of("js", "text/javascript;charset=utf-8", "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml", "png", "image/png", "woff2", "font/woff2", "json", "application/json");
    private static final int HASH_DIGITS = 12;

    private final Bundle bundle;
    private final Map<String, Optional<File>> files = new ConcurrentHashMap<>();

    private record File(byte[] content, String hash) {
    }

    Assets(Bundle bundle) {
        this.bundle = bundle;
    }

    String address(String path) {
        return Shell.PREFIX + "/" + FOLDER + "/" + find(path).map(File::hash).orElse("none") + "/" + path;
    }

    /** Serves {@code assets/HASH/path}. */
    void serve(List<String> segments, HttpServletResponse response) throws IOException {
        String path = String.join("/", segments.subList(Math.min(2, segments.size()), segments.size()));
        File file = find(path).orElse(null);
        if (file == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(type(path));
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setContentLength(file.content().length);
        response.getOutputStream().write(file.content());
    }

    /**
     * The media type of a file.
     *
     * @param path its name
     * @return the type; bytes of no known kind are not shown
     */
    public static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private Optional<File> find(String path) {
        return files.computeIfAbsent(path, this::read);
    }

    private Optional<File> read(String path) {
        URL url = path.isEmpty() || path.contains("..") ? null : bundle.getEntry("web/" + path);
        if (url == null || path.endsWith("/")) {
            return Optional.empty();
        }
        try (InputStream in = url.openStream()) {
            byte[] content = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return Optional.of(new File(content, HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS)));
        } catch (IOException e) {
            throw new IllegalStateException("The file web/" + path + " of the admin bundle cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.kontor.platform.data.internal;

import io.kontor.api.data.Pictures;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The names of a store's pictures at a moment.
 *
 * @param keys what each shows
 */
record PictureNames(Map<String, String> keys) implements Pictures {

    /** Addresses with more are no names of files. */
    private static final int LONGEST = 2_000;

    @Override
    public Optional<String> key(String imageUrl) {
        String exact = keys.get(imageUrl);
        if (exact != null || keys.isEmpty() || imageUrl.isBlank() || imageUrl.length() > LONGEST) {
            return Optional.ofNullable(exact);
        }
        for (String rest = path(imageUrl); !rest.isEmpty(); rest = rest.indexOf('/') < 0 ? "" : rest.substring(rest.indexOf('/') + 1)) {
            String key = keys.get(rest);
            if (key != null) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    @Override
    public int size() {
        return keys.size();
    }

    private static String path(String address) {
        int host = address.indexOf("://");
        String path = address.substring(host < 0 ? 0 : host + "://".length()).split("[?#]", 2)[0];
        if (path.indexOf('%') < 0) {
            return path;
        }
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return path;
        }
    }
}

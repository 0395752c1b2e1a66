package io.kontor.platform.rest.internal.routing;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes paths and queries apart and refuses what is not well-formed UTF-8. */
final class RequestPath {

    private RequestPath() {
    }

    /** The decoded segments of a raw path. */
    static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment.replace("+", "%2B"), "The path"));
            }
        }
        return segments;
    }

    /** The decoded parameters of a raw query; null for none. */
    static Map<String, List<String>> query(String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&")) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = decode(equals < 0 ? pair : pair.substring(0, equals), "The query");
                    String value = equals < 0 ? "" : decode(pair.substring(equals + 1), "The query");
                    parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
                }
            }
        }
        return parameters;
    }

    private static String decode(String text, String what) {
        if (plain(text)) {
            return text;
        }
        try {
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (decoded.indexOf('\0') >= 0) {
                throw Problem.of(400, what + " contains a NUL character.");
            }
            return decoded;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw Problem.of(400, what + " is not correctly encoded.");
        }
    }

    /** Whether nothing is encoded, as in most requests. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c == '\0' || c > '~') {
                return false;
            }
        }
        return true;
    }
}

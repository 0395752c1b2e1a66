package io.kontor.platform.security.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes and hashes secrets. Keys have 256 random bits and are stored as SHA-256; passwords, which people choose, by Argon2id with the
 * parameters of OWASP's password storage advice (19 MiB, 2 passes, 1 lane).
 */
final class Secrets {

    private static final int RANDOM_BYTES = 32;
    private static final int PASSWORD_BYTES = 15;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {
    }

    static String newId() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String newKey() {
        return random(RANDOM_BYTES);
    }

    static String newPassword() {
        return random(PASSWORD_BYTES);
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String sha256(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hashPassword(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return "argon2id$" + HexFormat.of().formatHex(salt) + "$" + HexFormat.of().formatHex(argon2(password, salt));
    }

    static boolean isPassword(String password, String stored) {
        String[] parts = stored.split("\\$");
        return MessageDigest.isEqual(HexFormat.of().parseHex(parts[2]), argon2(password, HexFormat.of().parseHex(parts[1])));
    }

    private static byte[] argon2(String password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB).withIterations(PASSES).withParallelism(1).withSalt(salt).build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}

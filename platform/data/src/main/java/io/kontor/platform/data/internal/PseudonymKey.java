package io.kontor.platform.data.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes pseudonyms of ids by a secret, and ids of pseudonyms. A pseudonym is the first half of the id's HMAC-SHA-256, followed by the id
 * encrypted with AES in counter mode from that half on (synthetic initialisation vector; Rogaway and Shrimpton, A provable-security
 * treatment of the key-wrap problem, 2006). So equal ids have equal pseudonyms, no table is needed for the way back, and a text that was
 * not made with the secret is told from one that was. Immutable; safe for use by several threads.
 */
final class PseudonymKey {

    private static final int TAG = 16;
    /** A shorter text is no pseudonym: the tag and one byte in Base64. */
    static final int SHORTEST = 23;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec tagging;
    private final SecretKeySpec hiding;
    /** Those that nobody uses; it takes longer to find one than to use it. */
    private final Queue<Mac> macs = new ConcurrentLinkedQueue<>();
    private final Queue<Cipher> ciphers = new ConcurrentLinkedQueue<>();

    PseudonymKey(byte[] secret) {
        tagging = new SecretKeySpec(mac(new SecretKeySpec(secret, MAC), "tag"), MAC);
        hiding = new SecretKeySpec(Arrays.copyOf(mac(new SecretKeySpec(secret, MAC), "hide"), TAG), "AES");
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] tag(String text) {
        Mac idle = macs.poll();
        Mac mac = idle == null ? mac(tagging) : idle;
        byte[] tag = Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), TAG);
        macs.add(mac);
        return tag;
    }

    private byte[] crypt(int mode, byte[] tag, byte[] text, int from, int length) {
        try {
            Cipher idle = ciphers.poll();
            Cipher cipher = idle == null ? Cipher.getInstance("AES/CTR/NoPadding") : idle;
            cipher.init(mode, hiding, new IvParameterSpec(tag));
            byte[] crypted = cipher.doFinal(text, from, length);
            ciphers.add(cipher);
            return crypted;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    String pseudonym(String id) {
        byte[] plain = id.getBytes(StandardCharsets.UTF_8);
        byte[] tag = tag(id);
        byte[] hidden = crypt(Cipher.ENCRYPT_MODE, tag, plain, 0, plain.length);
        byte[] all = Arrays.copyOf(tag, TAG + hidden.length);
        System.arraycopy(hidden, 0, all, TAG, hidden.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** Empty when the text is no pseudonym by this secret. */
    Optional<String> id(String pseudonym) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(pseudonym);
        } catch (IllegalArgumentException noPseudonym) {
            return Optional.empty();
        }
        if (all.length <= TAG) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOf(all, TAG);
        String id = new String(crypt(Cipher.DECRYPT_MODE, tag, all, TAG, all.length - TAG), StandardCharsets.UTF_8);
        return MessageDigest.isEqual(tag, tag(id)) ? Optional.of(id) : Optional.empty();
    }
}

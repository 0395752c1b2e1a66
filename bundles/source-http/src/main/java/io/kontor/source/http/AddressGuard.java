package io.kontor.source.http;

import io.kontor.api.KontorException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps a source from calling into the operator's own network: addresses are http or https only, and every address that their host's name
 * stands for is a public one, unless the installation allows the host. To be asked before each request and each hop of a redirect; the
 * connection follows at once and uses the same entry of the Java platform's cache of names. Immutable.
 */
final class AddressGuard {

    private static final int MAPPED_BYTES = 12;

    private final Set<String> allowed;
    private final Resolver names;

    /** Looks names up. */
    @FunctionalInterface
    interface Resolver {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * A guard.
     *
     * @param allowed hosts with commas between, as {@code KONTOR_SOURCE_HOSTS} has them: {@code shop.internal} or {@code 10.0.0.7:8080};
     *        null for none
     * @param names looks names up
     */
    AddressGuard(String allowed, Resolver names) {
        this.allowed = allowed == null ? Set.of() : Arrays.stream(allowed.split(",")).map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty()).collect(Collectors.toSet());
        this.names = names;
    }

    /**
     * Judges an address.
     *
     * @param address absolute
     * @throws KontorException of kind CONFIGURATION when it may not be called
     * @throws UnknownHostException when nobody knows its host
     */
    void check(URI address) throws UnknownHostException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused("The address must begin with http:// or https://.");
        }
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            throw refused("The address must name a host, and no user before it.");
        }
        String host = address.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("http") ? 80 : 443;
        if (allowed.contains(host) || allowed.contains(host + ":" + port)) {
            return;
        }
        for (InetAddress found : names.resolve(host)) {
            if (!open(found)) {
                throw refused("The host " + host + " lies in a private network or on this machine. Whoever runs the installation can allow it "
                        + "with KONTOR_SOURCE_HOSTS.");
            }
        }
    }

    private static KontorException refused(String sentence) {
        return new KontorException(KontorException.Kind.CONFIGURATION, sentence);
    }

    /** Whether an address is one of the open internet (IANA special-purpose address registries, RFC 6890). */
    static boolean open(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? openFour(bytes, 0) : address instanceof Inet6Address && openSix(bytes);
    }

    private static boolean openFour(byte[] bytes, int from) {
        int first = bytes[from] & 0xff;
        int second = bytes[from + 1] & 0xff;
        int third = bytes[from + 2] & 0xff;
        return !(first == 0 || first == 10 || first == 127 || first >= 224
                || first == 100 && second >= 64 && second < 128
                || first == 169 && second == 254
                || first == 172 && second >= 16 && second < 32
                || first == 192 && (second == 168 || second == 0 && (third == 0 || third == 2) || second == 88 && third == 99)
                || first == 198 && (second == 18 || second == 19 || second == 51 && third == 100)
                || first == 203 && second == 0 && third == 113);
    }

    private static boolean openSix(byte[] bytes) {
        boolean unique = (bytes[0] & 0xfe) == 0xfc;
        boolean toFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
        boolean documented = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
        boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean mapped = true;
        for (int i = 0; i < MAPPED_BYTES - 2; i++) {
            mapped &= bytes[i] == 0;
        }
        return !unique && !teredo && !documented && (!toFour || openFour(bytes, 2))
                && (!translated && !mapped || openFour(bytes, MAPPED_BYTES));
    }
}

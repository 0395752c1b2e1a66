package io.kontor.platform.security;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Logins of users in a browser. A service; safe for use by many threads. Sessions lie in the database by the hash of their token, so that
 * they outlive a restart and every node knows them; they end after twelve hours, after two hours without a request, or when the user logs out.
 */
@ProviderType
public interface Sessions {

    /**
     * A login.
     *
     * @param token what the browser sends in a cookie; 256 random bits
     * @param csrf what a request that changes something must carry beside the cookie
     * @param principal who it is and what they may do now
     * @param expiresAt when it ends at the latest
     */
    record Session(String token, String csrf, Principal principal, Instant expiresAt) {
    }

    /**
     * Logs a user in.
     *
     * @param name the user's name
     * @param password the password
     * @param address where the user is; wrong passwords are counted by it
     * @return the session, or empty when name and password do not fit
     * @throws io.kontor.api.KontorException of kind CAPACITY when too many wrong passwords were tried lately for the user or from there
     */
    Optional<Session> open(String name, String password, String address);

    /**
     * Finds the session of a request. Roles are those of the moment.
     *
     * @param token from the cookie; null when missing
     * @return the session, or empty when it has ended or never was
     */
    Optional<Session> find(String token);

    /**
     * Ends a session.
     *
     * @param token its token
     */
    void close(String token);
}

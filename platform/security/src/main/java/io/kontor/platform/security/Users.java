package io.kontor.platform.security;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The people who log in with a password. A service; safe for use by many threads. There is always one with the role admin for all stores:
 * what would take the last one away is refused.
 */
@ProviderType
public interface Users {

    /**
     * A user as it can be shown.
     *
     * @param name a to z, 0 to 9, dot, hyphen, underscore or at sign; 1 to 100 characters
     * @param everywhere the role for all stores; null for none
     * @param perStore the role by store id; goes when the store is deleted, so that both may be empty
     * @param createdAt when it was added; null for those of the first versions
     */
    record User(String name, Role everywhere, Map<String, Role> perStore, Instant createdAt) {

        /** Copies the map. */
        public User {
            perStore = Map.copyOf(perStore);
        }
    }

    /**
     * All users by name.
     *
     * @return the users
     */
    List<User> list();

    /**
     * Finds a user.
     *
     * @param name who
     * @return the user, or empty when there is none of that name
     */
    Optional<User> find(String name);

    /**
     * Adds a user.
     *
     * @param name the name to log in with
     * @param everywhere the role for all stores; null for none
     * @param perStore the role by store id
     * @return a generated password to be shown once, or empty when the name is taken
     * @throws IllegalArgumentException with a plain sentence when the name is not one or there is no role at all
     */
    Optional<String> create(String name, Role everywhere, Map<String, Role> perStore);

    /**
     * Changes what a user may do; holds from the user's next request on.
     *
     * @param name who
     * @param everywhere the role for all stores; null for none
     * @param perStore the role by store id
     * @return false when there is no such user
     * @throws IllegalArgumentException with a plain sentence when there is no role at all
     * @throws IllegalStateException with a plain sentence when nobody would be left with the role admin for all stores
     */
    boolean grant(String name, Role everywhere, Map<String, Role> perStore);

    /**
     * Gives a user a new generated password and ends the user's sessions.
     *
     * @param name who
     * @return the password to be shown once, or empty when there is no such user
     */
    Optional<String> resetPassword(String name);

    /**
     * Lets users change their own password; ends their sessions.
     *
     * @param name who
     * @param old the present password
     * @param chosen the new one; at least 12 characters
     * @param address where the user is; wrong passwords are counted by it
     * @return false when the present password is wrong
     * @throws IllegalArgumentException with a plain sentence when the new one is too short
     * @throws io.kontor.api.KontorException of kind CAPACITY when too many wrong passwords were tried lately
     */
    boolean changePassword(String name, String old, String chosen, String address);

    /**
     * Removes a user and ends the user's sessions.
     *
     * @param name who
     * @return false when there is no such user
     * @throws IllegalStateException with a plain sentence when nobody would be left with the role admin for all stores
     */
    boolean delete(String name);
}

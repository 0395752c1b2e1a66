package io.kontor.platform.admin.internal.shell;

import io.kontor.platform.security.Role;

/**
 * An entry of the navigation.
 *
 * @param group where it stands
 * @param order its place in the group; smaller is higher
 * @param label what it says, in the visitor's language
 * @param path its address below {@code /admin}
 * @param icon the name of an icon of {@code part/icon.jte}
 * @param role the smallest role that sees it: for the store in the group's case, for all stores otherwise
 */
public record NavEntry(Group group, int order, String label, String path, String icon, Role role) {

    /** Parts of the navigation, from top to bottom. Their names are in the texts as {@code shell.group.NAME}. */
    public enum Group {
        /** What the store needs and what was decided for it. */
        STORE,
        /** The families' own pages. */
        FAMILIES,
        /** Records and models. */
        LEARNING,
        /** Plugins, jobs and schedules of the store. */
        OPERATION,
        /** What plugins contribute. */
        CONTRIBUTED,
        /** What belongs to no store. */
        INSTALLATION;

        /**
         * Whether its entries belong to the store of the visit.
         *
         * @return false for those that belong to no store
         */
        public boolean ofStore() {
            return this != INSTALLATION;
        }
    }
}

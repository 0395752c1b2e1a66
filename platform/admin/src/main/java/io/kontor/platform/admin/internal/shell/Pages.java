package io.kontor.platform.admin.internal.shell;

import java.util.List;

/** Pages that belong together. A service of this bundle; the shell finds their routes and puts their entries into the navigation. */
public interface Pages {

    /**
     * The addresses that these pages answer.
     *
     * @return routes; asked once
     */
    List<Route> routes();

    /**
     * What stands in the navigation for a visit; entries that the visitor may not see are left out by the shell.
     *
     * @param visit the present request
     * @return entries in any order
     */
    default List<NavEntry> navigation(Visit visit) {
        return List.of();
    }
}

package io.kontor.api.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A page of a plugin in the admin UI. Registered as a component with {@link Page}; store-scoped like a plugin when its component requires
 * the plugin's factory configuration. Called by the guard for each view of the page; a failure shows a card in its place, not a broken
 * shell. The page comes and goes with its service.
 */
@ConsumerType
public interface AdminPage {

    /**
     * Makes the content of the page.
     *
     * @param request who asks, in which language
     * @return what the shell shows
     */
    PageContent render(PageRequest request);
}

package io.kontor.api.admin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A page of a plugin in the admin UI, for example a report on what its model has learned. A component declares it with {@link Page} and is
 * registered under this interface. It is the plugin's own class or a companion in the same bundle: a component that requires the plugin's
 * configuration ({@code configurationPid} = the plugin's id, {@code configurationPolicy = REQUIRE}). Either way there is one instance per
 * store that enables the plugin, with references bound to that store.
 *
 * <p>Called by the admin UI for each view of the page, on threads kept for pages, at most four of a plugin at once; an answer is waited for
 * five seconds. It may read the store's data but should not compute what training could have. A page that throws, or answers too late, shows
 * a card in its place, and the rest of the UI goes on. The page comes and goes with its service, while the UI is open.
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

package io.kontor.distribution.browser;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Walks through the admin pages as a curious reader does: through every entry of the navigation of the installation and of one store, and
 * inside the pages through the first few links of each kind and the forms that only ask. No page is known by name, so new ones are found.
 */
public final class Tour {

    private static final String START = "/admin/";
    private static final String LINKS = """
            const answers = arguments[0];
            const links = [...document.querySelectorAll("a[href]:not([download])")]
                .map(link => ({address: link.href, sure: link.closest("aside") !== null}));
            for (const form of document.querySelectorAll("main form[method=get]")) {
              const query = new URLSearchParams(new FormData(form));
              for (const [name, value] of [...query]) {
                value || answers[name] ? query.set(name, value || answers[name]) : query.delete(name);
              }
              links.push({address: form.action.split("?")[0] + (query.size ? "?" + query : ""), sure: false});
            }
            return links.filter(link => link.address.startsWith(location.origin + "/admin/"))
                .map(link => (link.sure ? "!" : "") + link.address.substring(location.origin.length).split("#")[0]);
            """;

    private final Browser browser;
    private final String store;
    private final int most;
    private final Map<String, String> answers;
    private final Map<String, Set<String>> followed = new HashMap<>();
    /** Places below which every part of the UI has its own name. */
    private final Set<String> groups;
    private final Set<String> entries = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> ahead = new ArrayDeque<>();

    /**
     * A tour of a store and of the installation.
     *
     * @param browser logged in
     * @param store the store's id; pages of others are left out
     * @param most how many links of the same kind are followed, for example how many jobs of the list
     * @param answers what is asked in forms, texts by field
     */
    public Tour(Browser browser, String store, int most, Map<String, String> answers) {
        this.browser = browser;
        this.store = store;
        this.most = most;
        this.answers = Map.copyOf(answers);
        this.groups = Set.of("/admin", "/admin/stores", "/admin/stores/" + store);
    }

    /**
     * Goes through the pages.
     *
     * @param look called with the address of each page while it is in the browser
     * @return all addresses, in the order of the tour
     */
    public List<String> walk(Consumer<String> look) {
        List<String> visited = new ArrayList<>();
        note("!" + START);
        note("!" + START + "stores/" + store);
        while (!ahead.isEmpty()) {
            String address = ahead.remove();
            browser.open(address);
            visited.add(address);
            look.accept(address);
            ((List<?>) browser.run(LINKS, answers)).forEach(link -> note((String) link));
        }
        return visited;
    }

    private void note(String link) {
        boolean sure = link.startsWith("!");
        String address = sure ? link.substring(1) : link;
        String stores = START + "stores/";
        boolean foreign = address.startsWith(stores) && !(address + "/").startsWith(stores + store + "/");
        if (sure && !foreign) {
            entries.add(address);
        }
        if (!foreign && !address.startsWith(START + "ui/") && !seen.contains(address) && (sure || oneOfTheFirst(address))) {
            seen.add(address);
            ahead.add(address);
        }
    }

    /** Whether at no place of the address too many others have been followed already. */
    private boolean oneOfTheFirst(String address) {
        String path = URI.create(address).getRawPath();
        Map<String, String> steps = new HashMap<>();
        for (int slash = path.lastIndexOf('/'); slash >= START.length() - 1; slash = path.lastIndexOf('/', slash - 1)) {
            int end = path.indexOf('/', slash + 1);
            String place = path.substring(0, slash);
            if (!groups.contains(place)) {
                steps.put(place, path.substring(slash + 1, end < 0 ? path.length() : end));
            }
        }
        String query = URI.create(address).getRawQuery();
        if (query != null) {
            Set<String> names = new TreeSet<>();
            for (String pair : query.split("&")) {
                names.add(pair.split("=")[0]);
            }
            steps.put(path + "?" + names, query);
        }
        boolean few = steps.entrySet().stream().allMatch(step -> {
            Set<String> others = followed.getOrDefault(step.getKey(), Set.of());
            return others.contains(step.getValue()) || others.size() < most || anyEntry(step.getKey() + "/" + step.getValue());
        });
        if (few) {
            steps.forEach((place, next) -> {
                if (!anyEntry(place + "/" + next)) {
                    followed.computeIfAbsent(place, fresh -> new HashSet<>()).add(next);
                }
            });
        }
        return few;
    }

    /** Whether pages at or below a path are in the navigation, which is followed without counting. */
    private boolean anyEntry(String path) {
        return entries.contains(path) || entries.stream().anyMatch(entry -> entry.startsWith(path + "/"));
    }
}

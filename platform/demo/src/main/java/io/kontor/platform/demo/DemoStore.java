package io.kontor.platform.demo;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A store of the demo: what it is called, and its history to be generated. Immutable.
 *
 * @param id the store's id
 * @param name as people call it
 * @param currency ISO 4217
 * @param locale BCP 47
 * @param timeZone IANA name
 * @param country ISO 3166-1 alpha-2
 */
public record DemoStore(String id, String name, String currency, String locale, String timeZone, String country) {

    private static final List<String> IDS = List.of("fashion", "grocery", "electronics");

    /**
     * The three stores: fashion with seasons and returns, fresh food whose shelves run empty, electronics with card fraud.
     *
     * @return the stores
     */
    public static List<DemoStore> all() {
        return IDS.stream().map(Profile::of).map(profile -> new DemoStore(profile.id(), profile.text("name"), profile.text("currency"),
                profile.text("locale"), profile.text("timeZone"), profile.text("country"))).toList();
    }

    /**
     * Settings of a plugin that the store is better off with.
     *
     * @param plugin the plugin's id
     * @return by name; empty where the defaults will do
     */
    public Map<String, Object> settings(String plugin) {
        return Profile.of(id).settings(plugin);
    }

    /**
     * Generates two years.
     *
     * @param seed the same seed and last day give the same records, byte for byte
     * @param last the last day with records
     * @return the records and their truth
     */
    public History history(long seed, LocalDate last) {
        return History.of(Profile.of(id), Span.until(last, ZoneId.of(timeZone)), seed);
    }

    /**
     * What the products are called.
     *
     * @param seed as of the history
     * @return titles by id
     */
    public Map<String, String> titles(long seed) {
        return Catalogue.of(Profile.of(id), seed).stream().collect(Collectors.toMap(Item::id, item -> item.label().title()));
    }
}

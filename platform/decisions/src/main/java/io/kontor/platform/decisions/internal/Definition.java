package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kontor.api.data.Place;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement.Segment;
import io.kontor.platform.decisions.Placement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A placement made ready for serving: texts read, lists as sets. Immutable. */
final class Definition {

    private static final Cache<Placement, Definition> READY = Caffeine.newBuilder().weakKeys().build();

    final Placement placement;
    final ZoneId zone;
    final List<ReadyRule> rules;
    final Match wanted;
    final Set<String> categories;
    final Set<String> excludedCategories;
    final Set<String> excludedBrands;
    final Set<String> excludedProducts;

    /**
     * A rule made ready.
     *
     * @param rule as it was written
     * @param match which products it is about
     * @param from when it begins
     * @param to from when on it is over
     */
    record ReadyRule(Rule rule, Match match, Instant from, Instant to) {

        boolean applies(Instant now, Place customer) {
            return !now.isBefore(from) && now.isBefore(to) && rule.enabled() && meant(rule.customers(), customer);
        }

        private static boolean meant(Segment segment, Place customer) {
            return segment == null || one(segment.countries(), customer.country()) && one(segment.regions(), customer.region())
                    && one(segment.cities(), customer.city());
        }

        private static boolean one(List<String> of, String value) {
            return of.isEmpty() || of.contains(value);
        }
    }

    private Definition(Placement placement, ZoneId zone) {
        this.placement = placement;
        this.zone = zone;
        Filters filters = placement.filters();
        wanted = new Match(List.of(), List.of(), filters.brands(), filters.attributes());
        categories = Set.copyOf(filters.categories());
        excludedCategories = Set.copyOf(filters.excludeCategories());
        excludedBrands = Set.copyOf(filters.excludeBrands());
        excludedProducts = Set.copyOf(filters.excludeProducts());
        List<ReadyRule> ready = new ArrayList<>();
        for (Rule rule : placement.rules()) {
            ready.add(new ReadyRule(rule, new Match(rule.products(), rule.categories(), rule.brands(), rule.attributes()),
                    ScheduleTimes.begin(rule.from(), zone), ScheduleTimes.end(rule.to(), zone)));
        }
        rules = List.copyOf(ready);
    }

    /** The definition of a placement that was checked, for a store's clock; made once for each placement. */
    static Definition of(Placement placement, ZoneId zone) {
        Definition known = READY.getIfPresent(placement);
        if (known == null || !known.zone.equals(zone)) {
            known = new Definition(placement, zone);
            READY.put(placement, known);
        }
        return known;
    }

    /** Whether where the customer lives makes a difference. */
    boolean segmented() {
        for (ReadyRule each : rules) {
            if (each.rule.customers() != null) {
                return true;
            }
        }
        return false;
    }
}

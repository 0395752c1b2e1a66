package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RiskRules;
import io.kontor.api.risk.RuleHit;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.RiskRuleBook;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps rules in the database, those of the stores asked about lately in memory too, and gives each store's plugins the rules of their
 * store. What another server changes is seen within half a minute.
 */
@Component(service = {RiskRuleBook.class, KeptRules.class, StoreListener.class})
public final class KeptRules implements RiskRuleBook, StoreListener {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MOST_RULES = 500;
    private static final int MOST_STORES = 2_000;
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofHours(1);

    private final BundleContext context;
    private final Database database;
    private final DataAccess data;
    private final Pseudonyms pseudonyms;
    private final RuleTrial trial;
    private final LoadingCache<String, List<RiskRule>> rules;
    private final Map<String, ServiceRegistration<RiskRules>> byStore = new ConcurrentHashMap<>();

    /** The rules as one store's plugins see them. */
    private record OfStore(String store, KeptRules all) implements RiskRules {

        @Override
        public List<RiskRule> rules() {
            return all.list(store);
        }

        @Override
        public List<RiskRule> starters() {
            return all.starters(store);
        }

        @Override
        public List<RuleHit> hits(List<RiskRule> rules, RiskRequest request) {
            return all.hits(store, rules, RenamedCustomers.in(request, pseudonym -> all.pseudonyms.customer(store, pseudonym)));
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param context registers the services
     * @param database keeps the rules
     * @param data knows the stores' languages
     * @param transactions what rules are tried on
     * @param pseudonyms by which plugins know the customers that rules name
     */
    @Activate
    public KeptRules(BundleContext context, @Reference Database database, @Reference DataAccess data, @Reference Transactions transactions,
            @Reference Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
        this.context = context;
        this.database = database;
        this.data = data;
        this.trial = new RuleTrial(transactions);
        this.rules = Caffeine.newBuilder().maximumSize(MOST_STORES).refreshAfterWrite(RENEWED_AFTER).expireAfterAccess(IDLE)
                .build(store -> database.jdbc(connection -> List.copyOf(RuleTable.list(connection, store))));
    }

    @Override
    public List<RiskRule> list(String store) {
        return rules.get(store);
    }

    @Override
    public Optional<RiskRule> find(String store, String id) {
        return list(store).stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    @Override
    public List<RiskRule> starters(String store) {
        return new StarterRules(words(store).bundle()).all();
    }

    /** The enabled rules of a store that apply to a transaction. */
    List<RuleHit> hits(String store, RiskRequest request) {
        return hits(store, list(store), request);
    }

    private List<RuleHit> hits(String store, List<RiskRule> some, RiskRequest request) {
        List<RuleHit> hits = new ArrayList<>();
        RuleWords words = null;
        for (RiskRule rule : some) {
            if (rule.applies(request)) {
                words = words == null ? words(store) : words;
                hits.add(new RuleHit(rule, words.reason(rule, request)));
            }
        }
        return hits;
    }

    private RuleWords words(String store) {
        return new RuleWords(data.of(store).store().locale());
    }

    @Override
    public void put(String store, RiskRule rule) throws FormRefusedException {
        if (!ID.matcher(rule.id()).matches()) {
            throw new FormRefusedException(List.of(new FormRefusedException.Fault("id",
                    "must have 1 to 63 lower-case letters, digits and hyphens, and begin with a letter or digit")));
        }
        List<RiskRule> others = list(store).stream().filter(other -> !other.id().equals(rule.id())).toList();
        if (others.size() >= MOST_RULES) {
            throw new FormRefusedException(List.of(new FormRefusedException.Fault("id",
                    "would be one rule more than the " + MOST_RULES + " that a store may have")));
        }
        rules.put(store, database.jdbc(connection -> {
            RuleTable.put(connection, store, rule);
            return List.copyOf(RuleTable.list(connection, store));
        }));
    }

    @Override
    public boolean delete(String store, String id) {
        boolean deleted = database.jdbc(connection -> RuleTable.delete(connection, store, id));
        rules.invalidate(store);
        return deleted;
    }

    @Override
    public Trial test(String store, RiskRule rule) {
        return trial.run(store, rule, words(store));
    }

    @Override
    public void present(Store store) {
        byStore.computeIfAbsent(store.id(), id -> {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Plugin.STORE, id);
            return context.registerService(RiskRules.class, new OfStore(id, this), properties);
        });
    }

    @Override
    public void deleted(Store store) {
        Optional.ofNullable(byStore.remove(store.id())).ifPresent(ServiceRegistration::unregister);
        database.jdbc(connection -> {
            RuleTable.deleteAll(connection, store.id());
            return null;
        });
        rules.invalidate(store.id());
    }

    @Deactivate
    void close() {
        byStore.values().forEach(ServiceRegistration::unregister);
        byStore.clear();
    }
}

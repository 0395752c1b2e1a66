package io.kontor.platform.stores.internal;

import io.kontor.api.store.Store;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;

/** A store as it lies in the database. */
@Entity
@Table(name = "store")
public class StoreRow {

    @Id
    @Column(name = "id")
    private String id;
    @Column(name = "name")
    private String name;
    @Column(name = "currency")
    private String currency;
    @Column(name = "locale")
    private String locale;
    @Column(name = "time_zone")
    private String timeZone;
    @Column(name = "country")
    private String country;
    @Column(name = "deleting")
    private boolean deleting;

    /** For Hibernate. */
    protected StoreRow() {
    }

    StoreRow(Store store) {
        id = store.id();
        set(store);
    }

    final void set(Store store) {
        name = store.name();
        currency = store.currency().getCurrencyCode();
        locale = store.locale().toLanguageTag();
        timeZone = store.timeZone().getId();
        country = store.country();
    }

    void beginDeletion() {
        deleting = true;
    }

    boolean isDeleting() {
        return deleting;
    }

    static Store store(String id, String name, String currency, String locale, String timeZone, String country) {
        return new Store(id, name, Currency.getInstance(currency), Locale.forLanguageTag(locale), ZoneId.of(timeZone), country);
    }
}

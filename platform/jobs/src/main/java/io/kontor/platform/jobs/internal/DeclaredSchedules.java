package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginTask;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what plugins declare into schedules of the stores that enable them, and leaves alone what an operator has changed. One change at a
 * time, so that what was read of plugins and schedules holds until it is written.
 */
final class DeclaredSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(DeclaredSchedules.class);
    private static final int LONGEST_ID = 63;
    private static final int MINUTES = 60;

    private final Database database;
    private final TaskOffers offers;
    private final Clock clock;

    /** A plugin of a store. */
    private record Key(String store, String plugin) {
    }

    DeclaredSchedules(Database database, TaskOffers offers, Clock clock) {
        this.database = database;
        this.offers = offers;
        this.clock = clock;
    }

    /** The id of the schedule for a declared task. */
    static String id(String plugin, String task) {
        String id = (plugin + "-" + task).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceFirst("^-", "");
        String hash = Integer.toHexString((plugin + "/" + task).hashCode());
        return id.length() <= LONGEST_ID ? id : hash + id.substring(id.length() - LONGEST_ID + hash.length());
    }

    /** Brings the schedules of one plugin of a store up to what the plugin declares. */
    synchronized void follow(String store, String plugin) {
        offers.find(store, plugin, Locale.ENGLISH).ifPresent(offer -> database.transaction(em -> {
            follow(em, offer, em.createQuery("select s from ScheduleEntity s where s.store = :store and s.plugin = :plugin",
                    ScheduleEntity.class).setParameter("store", store).setParameter("plugin", plugin).getResultList());
            return null;
        }));
    }

    /** The same for all stores. */
    synchronized void followAll() {
        List<TaskOffers.Offer> all = offers.all();
        database.transaction(em -> {
            Map<Key, List<ScheduleEntity>> present = new HashMap<>();
            em.createQuery("select s from ScheduleEntity s", ScheduleEntity.class).getResultStream().forEach(schedule ->
                    present.computeIfAbsent(new Key(schedule.store, schedule.plugin), key -> new ArrayList<>()).add(schedule));
            all.forEach(offer -> follow(em, offer, present.getOrDefault(new Key(offer.store(), offer.plugin()), List.of())));
            return null;
        });
    }

    /** A plugin was disabled: what nobody has changed goes, and what an operator removed may come again with the plugin. */
    synchronized void forget(String store, String plugin) {
        database.transaction(em -> {
            em.createQuery("""
                    select s from ScheduleEntity s
                    where s.store = :store and s.plugin = :plugin and (s.own = false or s.removed = true)""", ScheduleEntity.class)
                    .setParameter("store", store).setParameter("plugin", plugin).getResultList().forEach(schedule -> remove(em, schedule));
            return null;
        });
    }

    static void remove(EntityManager em, ScheduleEntity schedule) {
        Alarms.clear(em, schedule);
        em.remove(schedule);
    }

    private void follow(EntityManager em, TaskOffers.Offer offer, List<ScheduleEntity> present) {
        Optional<ZoneId> zone = offers.timeZone(offer.store());
        Map<String, ScheduleEntity> byId = new HashMap<>();
        present.forEach(schedule -> byId.put(schedule.id, schedule));
        Set<String> declared = new HashSet<>();
        for (PluginTask task : offer.tasks()) {
            if (!task.cron().isEmpty() && zone.isPresent()) {
                String id = id(offer.plugin(), task.id());
                declared.add(id);
                follow(em, byId.get(id), id, offer, task, zone.get());
            }
        }
        present.stream().filter(schedule -> !schedule.own && !declared.contains(schedule.id)).forEach(schedule -> remove(em, schedule));
    }

    private void follow(EntityManager em, ScheduleEntity known, String id, TaskOffers.Offer offer, PluginTask task, ZoneId zone) {
        Schedule.Terms terms = new Schedule.Terms(offer.plugin(), task.id(), spread(task.cron(), offer, task), zone.getId(), task.enabled());
        if (known != null && (known.own || known.terms().equals(terms))) {
            return;
        }
        try {
            Instant next = new CronClock(terms.cron(), terms.timeZone()).next(clock.instant()).orElse(null);
            ScheduleEntity schedule = known == null ? new ScheduleEntity(offer.store(), id) : known;
            schedule.set(terms, next);
            Alarms.set(em, schedule);
            if (known == null) {
                em.persist(schedule);
            }
        } catch (ScheduleRefusedException e) {
            LOG.warn("The task {} of {} has no schedule for {}: {}", task.id(), offer.plugin(), offer.store(), e.getMessage());
        }
    }

    /** With the store's own minute for {@code H}. */
    private static String spread(String cron, TaskOffers.Offer offer, PluginTask task) {
        int minute = Math.floorMod((offer.store() + "/" + offer.plugin() + "/" + task.id()).hashCode(), MINUTES);
        return cron.startsWith("H ") ? minute + cron.substring(1) : cron;
    }
}

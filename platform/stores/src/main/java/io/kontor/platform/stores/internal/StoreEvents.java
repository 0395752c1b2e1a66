package io.kontor.platform.stores.internal;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.ListenerHook;
import org.osgi.service.component.annotations.Component;

/**
 * Spares the listeners of stores the service events that are none of theirs. Each reference of each instance listens with a filter that names
 * its store, and the framework evaluates all these filters at each event: with a thousand stores that took most of the start. What is taken
 * out here could not have matched: a whole bundle when none of its listeners waits for such a service, else the listeners of other stores.
 */
@Component(immediate = true, service = {EventListenerHook.class, ListenerHook.class})
public final class StoreEvents implements EventListenerHook, ListenerHook {

    private final Map<BundleContext, Listeners> byBundle = new ConcurrentHashMap<>();

    /** Made by Declarative Services. */
    public StoreEvents() {
    }

    @Override
    public void added(Collection<ListenerInfo> listeners) {
        listeners.forEach(listener -> byBundle.computeIfAbsent(listener.getBundleContext(), context -> new Listeners()).add(listener));
    }

    @Override
    public void removed(Collection<ListenerInfo> listeners) {
        listeners.forEach(listener -> byBundle.computeIfPresent(listener.getBundleContext(),
                (context, known) -> known.remove(listener) ? null : known));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        List<String> classes = List.of((String[]) event.getServiceReference().getProperty(Constants.OBJECTCLASS));
        Object store = event.getServiceReference().getProperty(Properties.STORE);
        Concerned concerned = new Concerned(store instanceof String id ? id : null);
        listeners.entrySet().removeIf(entry -> {
            Listeners known = byBundle.get(entry.getKey());
            boolean manyPerhaps = known != null && known.anyForStores();
            boolean none = manyPerhaps && known.noneFor(classes, entry.getValue().size());
            if (manyPerhaps && !none) {
                entry.getValue().retainAll(concerned);
            }
            return none;
        });
    }

    /** What the listeners of one bundle wait for. */
    private static final class Listeners {

        private final Map<ListenerInfo, StoreFilter> all = new ConcurrentHashMap<>();
        private final Map<String, Integer> countByClass = new ConcurrentHashMap<>();
        private final AtomicInteger forStores = new AtomicInteger();

        void add(ListenerInfo listener) {
            StoreFilter filter = StoreFilter.of(listener.getFilter());
            if (!listener.isRemoved() && all.putIfAbsent(listener, filter) == null) {
                countByClass.merge(filter.objectClass(), 1, Integer::sum);
                forStores.addAndGet(filter.forStore() ? 1 : 0);
            }
        }

        /** Tells whether none is left. */
        boolean remove(ListenerInfo listener) {
            StoreFilter filter = all.remove(listener);
            if (filter != null) {
                countByClass.computeIfPresent(filter.objectClass(), (name, count) -> count == 1 ? null : count - 1);
                forStores.addAndGet(filter.forStore() ? -1 : 0);
            }
            return all.isEmpty();
        }

        boolean anyForStores() {
            return forStores.get() > 0;
        }

        /** With as many listeners as are known; one more has been added a moment ago, and nothing is known of it. */
        boolean noneFor(List<String> classes, int count) {
            return count == all.size() && !countByClass.containsKey(StoreFilter.ANY_CLASS)
                    && Collections.disjoint(countByClass.keySet(), classes);
        }
    }

    /** The listeners that an event concerns, as far as {@link Collection#retainAll} asks: it only wants to know what is contained. */
    private static final class Concerned extends AbstractCollection<ListenerInfo> {

        private final String store;

        Concerned(String store) {
            this.store = store;
        }

        @Override
        public boolean contains(Object listener) {
            return !(listener instanceof ListenerInfo info) || !StoreFilter.excludes(info.getFilter(), store);
        }

        @Override
        public Iterator<ListenerInfo> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }
}

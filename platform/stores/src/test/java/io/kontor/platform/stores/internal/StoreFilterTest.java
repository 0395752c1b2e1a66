package io.kontor.platform.stores.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which listeners are spared an event: only those that could not have matched. */
class StoreFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"(&(objectClass=a.Data)(kontor.store=s1))", "(&(objectClass=a.Data)(&(kontor.store=s1)(quality=good)))"})
    void isForOneStoreAndOneClass(String filter) {
        assertEquals(new StoreFilter("a.Data", true), StoreFilter.of(filter));
        assertFalse(StoreFilter.excludes(filter, "s1"));
        assertTrue(StoreFilter.excludes(filter, "s"));
        assertTrue(StoreFilter.excludes(filter, "s11"));
        assertTrue(StoreFilter.excludes(filter, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(objectClass=a.Data)", "(&(objectClass=a.Data)(|(kontor.store=s1)(kontor.store=s2)))",
        "(&(objectClass=a.Data)(!(kontor.store=s1)))", "(&(objectClass=a.Data)(other=1)(kontor.store=s1))"})
    void isForOneClassAndPerhapsForEveryStore(String filter) {
        assertEquals(new StoreFilter("a.Data", false), StoreFilter.of(filter));
        assertFalse(StoreFilter.excludes(filter, "s2"));
        assertFalse(StoreFilter.excludes(filter, null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"(&(kontor.plugin=*)(kontor.store=*))", "(objectClass=*)", "(objectClass=a.*)", "(objectclass=a.Data)",
        "(|(objectClass=a.Data)(kontor.store=s1))", "(!(objectClass=a.Data))", "(objectClass>=a.Data)", "(&(a=b)(objectClass=a.Data))",
        "(objectClass=a\\28Data)"})
    void leavesEveryOtherFilterToTheFramework(String filter) {
        assertEquals(new StoreFilter(StoreFilter.ANY_CLASS, false), StoreFilter.of(filter));
        assertFalse(StoreFilter.excludes(filter, "s2"));
        assertFalse(StoreFilter.excludes(filter, null));
    }
}

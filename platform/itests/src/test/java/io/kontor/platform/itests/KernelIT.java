package io.kontor.platform.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.kontor.api.data.StoreData;
import io.kontor.api.store.Store;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.SettingsRefusedException;
import io.kontor.platform.stores.Stores;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.tracker.ServiceTracker;

/** The kernel inside the framework. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class KernelIT {

    private static final String POPULAR = "io.kontor.recommend.most-popular";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() {
        return AssembledRuntime.configuration();
    }

    @Before
    public void waitForTheCatalogue() {
        await("the shipped plugins are there", () -> !service(PluginCatalogue.class).plugins(Locale.ENGLISH).isEmpty());
    }

    @Test
    public void everyBundleOfTheRuntimeIsActive() {
        List<String> idle = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            boolean lazy = bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
            if (!fragment && bundle.getState() != Bundle.ACTIVE && !(lazy && bundle.getState() == Bundle.STARTING)) {
                idle.add(bundle.toString());
            }
        }
        assertEquals(List.of(), idle);
    }

    @Test
    public void everyComponentOfThePlatformHasWhatItNeeds() {
        ServiceComponentRuntime runtime = service(ServiceComponentRuntime.class);
        await("all components are satisfied", () -> unsatisfied(runtime).isEmpty());
        assertEquals(List.of(), unsatisfied(runtime));
    }

    private List<String> unsatisfied(ServiceComponentRuntime runtime) {
        List<String> names = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            if (description.bundle.symbolicName.startsWith("io.kontor.platform.")) {
                for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                    if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
                            || configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                        names.add(description.name);
                    }
                }
            }
        }
        return names;
    }

    @Test
    public void nobodyImportsAPackageOptionallyFromAPlugin() {
        for (Bundle bundle : context.getBundles()) {
            String name = bundle.getSymbolicName();
            if (name.startsWith("io.kontor.platform.") || name.startsWith("io.kontor.recommend.")) {
                assertEquals(name + " imports at run time", null, bundle.getHeaders().get(Constants.DYNAMICIMPORT_PACKAGE));
                String imports = String.valueOf(bundle.getHeaders().get(Constants.IMPORT_PACKAGE));
                assertFalse(name + " imports a plugin", imports.contains("io.kontor.recommend"));
            }
            if (name.startsWith("io.kontor.recommend.")) {
                assertEquals(name + " exports", null, bundle.getHeaders().get(Constants.EXPORT_PACKAGE));
                assertFalse(name + " imports the platform",
                        String.valueOf(bundle.getHeaders().get(Constants.IMPORT_PACKAGE)).contains("io.kontor.platform"));
            }
        }
    }

    @Test
    public void aStoreGetsItsOwnDataService() {
        service(Stores.class).create(store("own-data"));
        await("the data service is registered", () -> !references("(kontor.store=own-data)", StoreData.class).isEmpty());
        ServiceReference<StoreData> reference = references("(kontor.store=own-data)", StoreData.class).get(0);
        assertEquals("own-data", context.getService(reference).store().id());
        service(Stores.class).delete("own-data");
        await("the data service has gone", () -> references("(kontor.store=own-data)", StoreData.class).isEmpty());
    }

    @Test
    public void enablingMakesAnInstanceForThatStoreOnlyAndDisablingRemovesIt() {
        service(Stores.class).create(store("with"));
        service(Stores.class).create(store("without"));
        Activation activation = service(Activations.class).enable("with", POPULAR, Map.of(), null);
        assertEquals("it waits for a model: " + activation, Activation.State.WAITING, activation.state());
        assertTrue(service(ActivePlugins.class).instance("with", POPULAR).isPresent());
        assertFalse(service(ActivePlugins.class).instance("without", POPULAR).isPresent());
        assertTrue(service(Activations.class).disable("with", POPULAR));
        await("the instance has gone", () -> service(ActivePlugins.class).instance("with", POPULAR).isEmpty());
    }

    @Test
    public void wrongSettingsAreRefusedAndNameTheField() {
        service(Stores.class).create(store("strict"));
        try {
            service(Activations.class).enable("strict", POPULAR, Map.of("noSuchSetting", 1), null);
            throw new AssertionError("a setting that does not exist was taken");
        } catch (SettingsRefusedException e) {
            assertEquals("noSuchSetting", e.faults().get(0).field());
        }
        assertTrue(service(Activations.class).list("strict").isEmpty());
    }

    @Test
    public void aBundleThatCannotResolveIsRefusedAndNotInstalled() throws Exception {
        int before = context.getBundles().length;
        byte[] jar = TinyJars.bundle("com.acme.unresolvable", "1.0.0", Map.of("Import-Package", "com.acme.nowhere"));
        try {
            service(BundleDeployer.class).deploy(new ByteArrayInputStream(jar), BundleDeployer.Origin.API);
            throw new AssertionError("it was taken");
        } catch (BundleRefusedException e) {
            assertTrue(e.getMessage(), e.getMessage().contains("com.acme.nowhere"));
        }
        assertEquals(before, context.getBundles().length);
    }

    @Test
    public void deployingAndRemovingABundleActivatesNoOtherComponentAgain() throws Exception {
        ServiceComponentRuntime runtime = service(ServiceComponentRuntime.class);
        await("all components are satisfied", () -> unsatisfied(runtime).isEmpty());
        List<Long> before = configurationIds(runtime);
        byte[] jar = TinyJars.bundle("com.acme.quiet", "1.0.0", Map.of("Import-Package", "io.kontor.api.plugin"));
        service(BundleDeployer.class).deploy(new ByteArrayInputStream(jar), BundleDeployer.Origin.API);
        service(BundleDeployer.class).undeploy("com.acme.quiet", org.osgi.framework.Version.parseVersion("1.0.0"));
        assertEquals(before, configurationIds(runtime));
    }

    private List<Long> configurationIds(ServiceComponentRuntime runtime) {
        List<Long> ids = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            runtime.getComponentConfigurationDTOs(description).forEach(configuration -> ids.add(configuration.id));
        }
        ids.sort(null);
        return ids;
    }

    private static Store store(String id) {
        return new Store(id, id, Currency.getInstance("EUR"), Locale.GERMANY, ZoneId.of("Europe/Berlin"), "DE");
    }

    private <T> T service(Class<T> type) {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            T service = tracker.waitForService(PATIENCE.toMillis());
            assertNotNull("there is no " + type.getSimpleName(), service);
            return service;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> List<ServiceReference<T>> references(String filter, Class<T> type) {
        try {
            return List.copyOf(context.getServiceReferences(type, filter));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue("waited in vain until " + what, System.nanoTime() < end);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}

package io.kontor.platform.models.internal;

import io.kontor.platform.models.LiveModels.Live;
import io.kontor.platform.stores.PluginInstance;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * A model in memory with the classes it is made of. The model is held softly: the virtual machine keeps it the longer the more recently it
 * was used and the more memory is free, and lets it go before memory runs out. A request in flight holds it by its own stack.
 *
 * @param id the model's id
 * @param instance the instance it was loaded for
 * @param loader the class loader of the plugin's version
 * @param bundle the plugin's bundle; null outside a framework
 * @param live the model
 */
record LoadedModel(String id, Reference<PluginInstance> instance, Reference<ClassLoader> loader, Bundle bundle, Reference<Live> live) {

    static LoadedModel of(PluginInstance instance, Object service, Live live) {
        return new LoadedModel(live.id(), new WeakReference<>(instance), new WeakReference<>(service.getClass().getClassLoader()),
                FrameworkUtil.getBundle(service.getClass()), new SoftReference<>(live));
    }

    /**
     * The model, when it was loaded for just this instance and is still in memory.
     *
     * @param asking the instance that needs it
     * @return the model or null
     */
    Live liveFor(PluginInstance asking) {
        return instance.refersTo(asking) ? live.get() : null;
    }

    /**
     * The model, when another instance of the same plugin classes can use it too: settings were changed, the code was not.
     *
     * @param service the other instance's service object
     * @param wanted the id of the model that it needs
     * @return the model or null
     */
    Live usableBy(Object service, String wanted) {
        return loader.refersTo(service.getClass().getClassLoader()) && id.equals(wanted) ? live.get() : null;
    }
}

package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import java.util.Map;
import org.osgi.service.component.ComponentServiceObjects;

/** A handler that is got when its first job comes, and kept until its bundle goes. Safe for use by several threads. */
final class BorrowedHandler implements JobHandler {

    private final ComponentServiceObjects<JobHandler> services;
    private JobHandler handler;
    private boolean closed;

    BorrowedHandler(ComponentServiceObjects<JobHandler> services) {
        this.services = services;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception {
        JobHandler present = handler();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(present.getClass().getClassLoader());
        try {
            return present.run(job, request, context);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private synchronized JobHandler handler() {
        if (handler == null && !closed) {
            handler = services.getService();
        }
        if (handler == null) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The code that does this job could not be started; the log says why.");
        }
        return handler;
    }

    /** Gives the handler back. */
    synchronized void close() {
        closed = true;
        if (handler != null) {
            services.ungetService(handler);
            handler = null;
        }
    }
}

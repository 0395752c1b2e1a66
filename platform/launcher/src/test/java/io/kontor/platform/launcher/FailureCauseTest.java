package io.kontor.platform.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.KontorException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class FailureCauseTest {

    @Test
    void takesTheWordsThatWereWrittenForTheOperator() {
        Exception cause = new KontorException(KontorException.Kind.CONFIGURATION, "The database does not answer",
                new ConnectException("Connection refused"));
        BundleException failure = new BundleException("Activator start error in bundle x [7].", new IllegalStateException(cause));
        assertEquals("The database does not answer.", FailureCause.ofStart("x", failure));
    }

    @Test
    void namesTheBundleAndTheRootCauseOtherwise() {
        BundleException failure = new BundleException("Activator start error in bundle x [7].",
                new IllegalStateException(new ConnectException("Connection refused\n  and more")));
        assertEquals("The bundle x does not start: Connection refused.", FailureCause.ofStart("x", failure));
    }

    @Test
    void namesTheKindOfACauseWithoutWords() {
        assertEquals("NullPointerException.", FailureCause.sentence(new IllegalStateException("outer", new NullPointerException())));
    }
}

package io.kontor.distribution.browser;

import io.kontor.platform.testkit.server.BundleForge;
import java.util.Map;

/** A plugin whose training goes on only when the test lets it: when the file that its setting names is there. */
final class PatientPlugin {

    /** Its id and the name of its bundle. */
    static final String ID = "com.acme.patient";
    /** How far a training is, of its own, while it waits. */
    static final double WAITS_AT = 0.4;
    /** What it says while it waits. */
    static final String SAYS = "waiting at the gate";

    private PatientPlugin() {
    }

    static byte[] bundle() {
        String source = """
                package com.acme.patient;

                import io.kontor.api.decision.Reason;
                import io.kontor.api.model.Training;
                import io.kontor.api.plugin.Plugin;
                import io.kontor.api.recommend.*;
                import java.io.*;
                import java.nio.file.*;
                import java.util.List;
                import org.osgi.service.component.annotations.*;
                import org.osgi.service.metatype.annotations.*;

                @Plugin(family = "recommend")
                @Designate(ocd = Patient.Settings.class, factory = true)
                @Component(name = "com.acme.patient", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Patient implements TrainedRecommender<String> {

                    private final Path gate;

                    @ObjectClassDefinition(name = "Patient")
                    public @interface Settings {
                        @AttributeDefinition(name = "Gate")
                        String gate() default "";
                    }

                    @Activate
                    public Patient(Settings settings) {
                        gate = Path.of(settings.gate());
                    }

                    @Override
                    public String train(Training training) throws InterruptedException {
                        while (!Files.exists(gate)) {
                            training.job().progress(%s, "%s");
                            training.job().checkCancelled();
                            Thread.sleep(20);
                        }
                        return "up";
                    }

                    @Override
                    public void write(String model, OutputStream out) throws IOException {
                        out.write(model.getBytes("UTF-8"));
                    }

                    @Override
                    public String read(InputStream in) throws IOException {
                        return new String(in.readAllBytes(), "UTF-8");
                    }

                    @Override
                    public Ranking recommend(String model, RecommendationRequest request) {
                        return new Ranking(request.eligible().test(model)
                                ? List.of(new RankedItem(model, 1, List.of(new Reason("patient", "Waited for.", 1)))) : List.of());
                    }
                }
                """.formatted(WAITS_AT, SAYS);
        return BundleForge.bundle(ID, "1.0.0", Map.of("com.acme.patient.Patient", source), Map.of());
    }
}

package io.kontor.risk.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.kontor.api.KontorException;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRiskScorerContract;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OnnxClassifierTest extends TrainedRiskScorerContract<OnnxModel> {

    private static final SampleStore STORE = FraudRings.generate(Locale.ENGLISH, 200, 50, 12, 12, 7);
    private static final Classifiers CLASSIFIERS = Classifiers.of(STORE);

    @Override
    protected TrainedRiskScorer<OnnxModel> plugin(SampleStore data) {
        return new OnnxClassifier(settings(Classifiers.INPUTS, "", CLASSIFIERS.fraudClass), data.file("model.onnx", CLASSIFIERS.onnx));
    }

    private static OnnxClassifier.Settings settings(List<String> inputs, String output, String fraudClass) {
        return new OnnxClassifier.Settings() {

            @Override
            public String file() {
                return "model.onnx";
            }

            @Override
            public String[] inputs() {
                return inputs.toArray(String[]::new);
            }

            @Override
            public String output() {
                return output;
            }

            @Override
            public String fraudClass() {
                return fraudClass;
            }

            @Override
            public double reviewShare() {
                return 0.2;
            }

            @Override
            public double declineShare() {
                return 0.8;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return OnnxClassifier.Settings.class;
            }
        };
    }

    private static List<RiskRequest> requests() {
        List<RiskRequest> requests = new ArrayList<>();
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(STORE.snapshot(), row -> {
            requests.add(recent.request(row.transaction()));
            recent.add(row.transaction());
        });
        return requests;
    }

    private static OnnxModel load(byte[] bytes, List<String> inputs, String output, String fraudClass) {
        return OnnxModel.load(new OnnxModel.Given("model.onnx", bytes, inputs, output, fraudClass, ZoneOffset.UTC));
    }

    private static String refusal(byte[] bytes) {
        KontorException refused = assertThrows(KontorException.class,
                () -> load(bytes, Classifiers.INPUTS, "", CLASSIFIERS.fraudClass));
        assertEquals(KontorException.Kind.CONFIGURATION, refused.kind());
        return refused.getMessage();
    }

    private static byte[] changed(Consumer<ModelProto.Builder> change) {
        ModelProto.Builder model = CLASSIFIERS.proto().toBuilder();
        change.accept(model);
        return model.build().toByteArray();
    }

    @Test
    void scoresAsTheLibraryDoesThatHasTrainedTheClassifier() {
        OnnxModel model = load(CLASSIFIERS.onnx, Classifiers.INPUTS, "", CLASSIFIERS.fraudClass);
        OnnxModel maps = load(CLASSIFIERS.withMaps(), Classifiers.INPUTS, "", "bad");
        for (RiskRequest request : requests()) {
            double expected = CLASSIFIERS.score(model.row(request));
            assertEquals(expected, model.score(request), 1e-6);
            assertEquals(expected, model.explain(request).score(), 1e-6);
            assertEquals(expected, maps.score(request), 1e-6);
        }
    }

    @Test
    void learnsFromWhichScoresOnTheWantedShareIsFraud() {
        OnnxClassifier plugin = new OnnxClassifier(settings(Classifiers.INPUTS, "", CLASSIFIERS.fraudClass),
                STORE.file("model.onnx", CLASSIFIERS.onnx));
        OnnxModel model = plugin.train(STORE.training(1));
        int[] declined = new int[2];
        int[] looked = new int[2];
        List<RiskRequest> requests = requests();
        int[] at = {0};
        LabelledTransaction.read(STORE.snapshot(), row -> {
            Verdict verdict = plugin.assessBriefly(model, requests.get(at[0]++)).verdict();
            int fraud = row.label() == LabelledTransaction.Label.FRAUD ? 1 : 0;
            declined[0] += verdict == Verdict.DECLINE ? 1 : 0;
            declined[1] += verdict == Verdict.DECLINE ? fraud : 0;
            looked[0] += verdict != Verdict.APPROVE ? 1 : 0;
            looked[1] += verdict != Verdict.APPROVE ? fraud : 0;
        });
        assertTrue(looked[0] >= 20 && looked[1] >= 0.2 * looked[0], Arrays.toString(looked));
        assertTrue(declined[1] >= 0.8 * declined[0], Arrays.toString(declined));
        assertTrue(declined[0] <= looked[0]);
    }

    @Test
    void saysWhatIsWrongWithTheSettings() {
        assertTrue(assertThrows(KontorException.class, () -> load(CLASSIFIERS.onnx, List.of("amount"), "", "1")).getMessage()
                .endsWith("takes 7 columns and the settings name 1 inputs."));
        assertTrue(assertThrows(KontorException.class, () -> load(CLASSIFIERS.onnx, Classifiers.INPUTS, "scores", "1")).getMessage()
                .startsWith("The file \"model.onnx\" has no output \"scores\", but \"output\" of type FLOAT"));
        assertTrue(assertThrows(KontorException.class, () -> load(CLASSIFIERS.onnx, Classifiers.INPUTS, "", "2")).getMessage()
                .contains("has 2 classes in \"output\" and none with the number \"2\""));
        for (String line : List.of("", "amount or x", "country", "count(device)", "count(phone, 1d)", "count(device, 1y)", "nothing",
                "sum(amount, device, 900d)")) {
            String message = assertThrows(KontorException.class, () -> ModelInput.of(List.of(line)), line).getMessage();
            assertTrue(message.startsWith("The input \"" + line + "\" is not understood: ") && message.endsWith("."), message);
        }
    }

    @Test
    void saysWhatToWriteWhenTheClassifierCannotDoWithoutAnInput() {
        OnnxModel model = load(CLASSIFIERS.onnx, Collections.nCopies(7, "attr.never"), "", CLASSIFIERS.fraudClass);
        String message = assertThrows(KontorException.class, () -> model.score(requests().get(0))).getMessage();
        assertTrue(message.endsWith("write what stands for it, as in \"attr.age or 0\"."), message);
    }

    @Test
    void refusesFilesThatReachOutOfThemselvesOrMayNeverEnd() {
        assertTrue(refusal(changed(model -> model.getGraphBuilder().getInitializerBuilder(0)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL).clearRawData().addExternalData(
                        OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue("../../../etc/passwd"))))
                .contains("in another file; export it as one file."));
        assertTrue(refusal(changed(model -> model.getGraphBuilder().getNodeBuilder(0).setDomain("com.example").setOpType("Shell")))
                .contains("uses the operator \"Shell\" of \"com.example\", which is not one of ONNX's own."));
        assertTrue(refusal(changed(model -> model.getGraphBuilder().addNode(OnnxMl.NodeProto.newBuilder().setOpType("If").addAttribute(
                OnnxMl.AttributeProto.newBuilder().setName("then_branch").setG(OnnxMl.GraphProto.newBuilder().addNode(
                        OnnxMl.NodeProto.newBuilder().setOpType("Loop"))))))).contains("uses the operator \"Loop\", which may go on for ever."));
        assertTrue(refusal(changed(model -> model.addFunctions(OnnxMl.FunctionProto.newBuilder().setName("own"))))
                .contains("brings operators of its own (own)"));
    }

    @Test
    void refusesClassifiersOfAnotherForm() {
        assertTrue(refusal(new byte[0]).endsWith("is no ONNX model: it has no operators."));
        assertTrue(refusal("id,amount\n1,2\n".getBytes(StandardCharsets.UTF_8)).contains("is no ONNX model"));
        assertTrue(refusal(changed(model -> model.getGraphBuilder().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder()
                .getShapeBuilder().getDimBuilder(0).clearDimParam().setDimValue(1))).contains("takes 1 rows at a time"));
        assertTrue(refusal(changed(model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("Frobnicate")))
                .contains("cannot be loaded: "));
    }

    @Test
    void survivesDamagedFiles() {
        Random random = new Random(20);
        RiskRequest request = requests().get(100);
        int refused = 0;
        for (int file = 0; file < 300; file++) {
            byte[] bytes = CLASSIFIERS.onnx.clone();
            if (file % 3 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            for (int flip = random.nextInt(20); flip >= 0 && bytes.length > 0; flip--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                double score = load(bytes, Classifiers.INPUTS, "", CLASSIFIERS.fraudClass).score(request);
                assertTrue(score >= 0 && score <= 1);
            } catch (KontorException e) {
                assertTrue(e.getMessage().length() < 2_000, e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 150, refused + " of 300 refused");
    }
}

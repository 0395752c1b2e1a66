package io.kontor.risk.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A logistic regression that Tribuo has trained and exported: the classifier from elsewhere. */
final class Classifiers {

    static final List<String> INPUTS = List.of("country=DE", "count(device, 24h) or 1", "distinct(customerId, device, 1d) or 1",
            "distinct(device, cardHash, 30d) or 1", "attr.items or 2", "count(customerId, 30d) or 1", "attr.channel=web");

    final LinearSGDModel tribuo;
    final byte[] onnx;
    final String fraudClass;

    private Classifiers(LinearSGDModel tribuo) {
        this.tribuo = tribuo;
        onnx = tribuo.exportONNXModel("io.kontor.test", 1).toByteArray();
        fraudClass = Integer.toString(tribuo.getOutputIDInfo().getID(new Label("fraud")));
    }

    static Classifiers of(SampleStore store) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("transactions", labels), labels);
        List<ModelInput> inputs = ModelInput.of(INPUTS);
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(store.snapshot(), row -> {
            boolean fraud = row.label() == LabelledTransaction.Label.FRAUD;
            data.add(example(ModelInput.row(inputs, recent.request(row.transaction()), ZoneOffset.UTC), fraud ? "fraud" : "legitimate"));
            recent.add(row.transaction());
        });
        return new Classifiers(new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.5, 0.1), 10, 1).train(data));
    }

    private static ArrayExample<Label> example(float[] row, String label) {
        String[] names = new String[row.length];
        double[] values = new double[row.length];
        for (int column = 0; column < row.length; column++) {
            names[column] = "column" + column;
            values[column] = row[column];
        }
        return new ArrayExample<>(new Label(label), names, values);
    }

    double score(float[] row) {
        return tribuo.predict(example(row, "fraud")).getOutputScores().get("fraud").getScore();
    }

    ModelProto proto() {
        try {
            return ModelProto.parseFrom(onnx);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** As scikit-learn's converters write it: a label and a map for each row. */
    byte[] withMaps() {
        ModelProto.Builder model = proto().toBuilder();
        OnnxMl.GraphProto.Builder graph = model.getGraphBuilder();
        String output = graph.getOutput(0).getName();
        OnnxMl.AttributeProto classes = OnnxMl.AttributeProto.newBuilder().setName("classlabels_strings")
                .setType(OnnxMl.AttributeProto.AttributeType.STRINGS)
                .addStrings(ByteString.copyFromUtf8(fraudClass.equals("0") ? "bad" : "good"))
                .addStrings(ByteString.copyFromUtf8(fraudClass.equals("0") ? "good" : "bad")).build();
        graph.addNode(OnnxMl.NodeProto.newBuilder().setOpType("ZipMap").setDomain("ai.onnx.ml").setName("zip").addInput(output)
                .addOutput("probabilities").addAttribute(classes));
        OnnxMl.TypeProto map = OnnxMl.TypeProto.newBuilder().setMapType(OnnxMl.TypeProto.Map.newBuilder()
                .setKeyType(OnnxMl.TensorProto.DataType.STRING.getNumber()).setValueType(OnnxMl.TypeProto.newBuilder().setTensorType(
                        OnnxMl.TypeProto.Tensor.newBuilder().setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())))).build();
        graph.clearOutput().addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("probabilities").setType(OnnxMl.TypeProto.newBuilder()
                .setSequenceType(OnnxMl.TypeProto.Sequence.newBuilder().setElemType(map))));
        List<OnnxMl.OperatorSetIdProto> sets = new ArrayList<>(model.getOpsetImportList());
        sets.add(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(1).build());
        return model.clearOpsetImport().addAllOpsetImport(sets).build().toByteArray();
    }
}

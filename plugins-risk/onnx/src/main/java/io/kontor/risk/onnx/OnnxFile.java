package io.kontor.risk.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kontor.api.KontorException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Judges an ONNX file before native code sees it. Refused are files that are no ONNX, that read other files (numbers kept outside of the
 * model, which a path could lead anywhere), that use operators of other libraries, or that may go on for ever (loops).
 */
final class OnnxFile {

    private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml");
    private static final Set<String> ENDLESS = Set.of("Loop", "Scan");

    private OnnxFile() {
    }

    /**
     * Judges a file.
     *
     * @param name its name, for sentences
     * @param bytes its bytes
     * @throws KontorException of kind CONFIGURATION with what is wrong
     */
    static void check(String name, byte[] bytes) {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw refused(name, "is no ONNX model or is damaged: " + e.getMessage(), e);
        }
        if (model.getGraph().getNodeCount() == 0) {
            throw refused(name, "is no ONNX model: it has no operators.", null);
        }
        if (model.getFunctionsCount() > 0) {
            throw refused(name, "brings operators of its own (" + model.getFunctions(0).getName() + "); export it without functions.", null);
        }
        walk(name, model);
    }

    private static void walk(String name, Message message) {
        if (message instanceof TensorProto tensor && (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                || tensor.getExternalDataCount() > 0)) {
            throw refused(name, "keeps the numbers of " + quoted(tensor.getName()) + " in another file; export it as one file.", null);
        }
        if (message instanceof NodeProto node) {
            check(name, node);
        }
        for (Object field : message.getAllFields().values()) {
            for (Object each : field instanceof Collection<?> many ? many : List.of(field)) {
                if (each instanceof Message part) {
                    walk(name, part);
                }
            }
        }
    }

    private static void check(String name, NodeProto node) {
        if (!DOMAINS.contains(node.getDomain())) {
            throw refused(name, "uses the operator " + quoted(node.getOpType()) + " of " + quoted(node.getDomain())
                    + ", which is not one of ONNX's own.", null);
        }
        if (ENDLESS.contains(node.getOpType())) {
            throw refused(name, "uses the operator " + quoted(node.getOpType()) + ", which may go on for ever.", null);
        }
    }

    /** Names come from the file; they must not fill a page. */
    static String quoted(String text) {
        return '"' + (text.length() <= 60 ? text : text.substring(0, 59) + '…') + '"';
    }

    /** An exception that names the file. */
    static KontorException refused(String name, String why, Throwable cause) {
        return new KontorException(KontorException.Kind.CONFIGURATION, "The file " + quoted(name) + " " + why, cause);
    }
}

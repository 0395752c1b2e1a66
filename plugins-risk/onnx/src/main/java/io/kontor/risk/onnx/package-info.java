/** Judges transactions by classifiers that were trained elsewhere. Start with {@link io.kontor.risk.onnx.OnnxClassifier}. */
package io.kontor.risk.onnx;

package io.kontor.recommend.ease;

import io.kontor.bundles.kernels.Kernels;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Weights as they were learned: four bytes each. */
final class FloatRows implements Rows {

    private final float[] weights;
    private final int size;

    FloatRows(float[] weights, int size) {
        this.weights = weights;
        this.size = size;
    }

    @Override
    public void add(int source, float weight, float[] scores) {
        Kernels.axpy(weight, weights, source * size, scores, 0, size);
    }

    @Override
    public float similarity(int source, int target) {
        return weights[source * size + target];
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        byte[] row = new byte[size * Float.BYTES];
        for (int source = 0; source < size; source++) {
            ByteBuffer.wrap(row).asFloatBuffer().put(weights, source * size, size);
            out.write(row);
        }
    }

    static FloatRows read(DataInputStream in, int size) throws IOException {
        float[] weights = new float[size * size];
        byte[] row = new byte[size * Float.BYTES];
        for (int source = 0; source < size; source++) {
            in.readFully(row);
            ByteBuffer.wrap(row).asFloatBuffer().get(weights, source * size, size);
            for (int target = 0; target < size; target++) {
                if (!Float.isFinite(weights[source * size + target])) {
                    throw new IOException("the model is damaged: a weight is no number");
                }
            }
        }
        return new FloatRows(weights, size);
    }
}

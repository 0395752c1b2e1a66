package io.kontor.distribution.benchmarks;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** What a compiled library takes for the same work: OpenBLAS and its LAPACK, on one thread ({@code OPENBLAS_NUM_THREADS}). */
final class Blas {

    private static final int ROUNDS = 3;

    private Blas() {
    }

    /** Seconds of processor time of the product of one matrix with another's transpose, the best of three. */
    static double product(float[] a, int rowsOfA, float[] b, int rowsOfB, int inner) {
        try (FloatPointer left = new FloatPointer(a); FloatPointer right = new FloatPointer(b);
                FloatPointer result = new FloatPointer((long) rowsOfA * rowsOfB)) {
            return best(() -> openblas.cblas_sgemm(openblas.CblasRowMajor, openblas.CblasNoTrans, openblas.CblasTrans, rowsOfA, rowsOfB, inner,
                    1, left, inner, right, inner, 0, result, rowsOfB));
        }
    }

    /** Seconds of processor time of the inverse of a symmetric positive definite matrix, the best of three. */
    static double inverse(float[] matrix, int size) {
        double[] best = {Double.POSITIVE_INFINITY};
        for (int round = 0; round < ROUNDS; round++) {
            try (FloatPointer own = new FloatPointer(matrix)) {
                double begin = Cpu.seconds();
                int factored = openblas.LAPACKE_spotrf(openblas.LAPACK_ROW_MAJOR, (byte) 'L', size, own, size);
                int inverted = openblas.LAPACKE_spotri(openblas.LAPACK_ROW_MAJOR, (byte) 'L', size, own, size);
                best[0] = factored == 0 && inverted == 0 ? Math.min(best[0], Cpu.seconds() - begin) : best[0];
            }
        }
        return best[0];
    }

    private static double best(Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            double begin = Cpu.seconds();
            work.run();
            best = Math.min(best, Cpu.seconds() - begin);
        }
        return best;
    }
}

package io.github.lanewise.examples.report.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The eigenvalues of a centred Gram matrix, the largest first, none below 0, and their
 * eigenvectors.
 *
 * @param sum of the eigenvalues
 */
record Spectrum(double[] values, double[][] vectors, double sum) {

  /** Penalties as multiples of the mean eigenvalue. */
  private static final double[] PENALTIES =
      IntStream.rangeClosed(-8, 6).mapToDouble(i -> Math.pow(10, i / 2.0)).toArray();

  /** Eigenvalues below this share of the largest one are rounding errors. */
  private static final double NEGLIGIBLE = 1e-9;

  static Spectrum of(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    double trace = Math.max(0, CommonOps_DDRM.trace(matrix));
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
    if (!eigen.decompose(matrix)) {
      throw new IllegalStateException("LinearProbe: EJML found no eigenvalues");
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                (a, b) ->
                    Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int k = 0; k < n; k++) {
      values[k] = Math.max(0, eigen.getEigenvalue(order[k]).getReal());
      vectors[k] = eigen.getEigenVector(order[k]).getData();
    }
    return new Spectrum(values, vectors, trace);
  }

  private int size() {
    return values.length;
  }

  private boolean negligible(int k) {
    return k >= size() || values[k] <= NEGLIGIBLE * values[0];
  }

  double share(int k) {
    return negligible(k) ? 0 : values[k] / sum;
  }

  double[] coordinates(double[] y) {
    double[] coordinates = new double[size()];
    for (int k = 0; k < size(); k++) {
      for (int i = 0; i < size(); i++) {
        coordinates[k] += vectors[k][i] * y[i];
      }
    }
    return coordinates;
  }

  /**
   * Coefficients of the samples that add up to a unit vector along a component; zeros where the
   * samples do not extend that way. The sample that is farthest out has a coordinate above 0.
   */
  double[] component(int k) {
    double[] coefficients = new double[size()];
    if (negligible(k)) {
      return coefficients;
    }
    double farthest = 0;
    for (double each : vectors[k]) {
      farthest = Math.abs(each) > Math.abs(farthest) ? each : farthest;
    }
    for (int i = 0; i < size(); i++) {
      coefficients[i] = vectors[k][i] / (Math.signum(farthest) * Math.sqrt(values[k]));
    }
    return coefficients;
  }

  /** Coefficients of the samples that add up to the ridge regression's weights. */
  double[] dual(double[] inBasis, double penalty) {
    double[] coefficients = new double[size()];
    for (int k = 0; k < size() && !negligible(k); k++) {
      for (int i = 0; i < size(); i++) {
        coefficients[i] += vectors[k][i] * inBasis[k] / (values[k] + penalty);
      }
    }
    return coefficients;
  }

  double bestPenalty(double[] inBasis) {
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double multiple : PENALTIES) {
      double penalty = multiple * sum / size();
      double error = errorOfOthers(inBasis, penalty);
      if (error < least) {
        least = error;
        best = penalty;
      }
    }
    return best;
  }

  /** The squared error when each sample is predicted by all others; NaN where nothing varies. */
  private double errorOfOthers(double[] inBasis, double penalty) {
    int n = size();
    double[] residuals = new double[n];
    double[] left = new double[n];
    Arrays.fill(left, 1 - 1.0 / n);
    for (int k = 0; k < n; k++) {
      double kept = values[k] / (values[k] + penalty);
      for (int i = 0; i < n; i++) {
        residuals[i] += vectors[k][i] * inBasis[k] * (1 - kept);
        left[i] -= vectors[k][i] * vectors[k][i] * kept;
      }
    }
    double error = 0;
    for (int i = 0; i < n; i++) {
      error += Math.pow(residuals[i] / left[i], 2);
    }
    return error;
  }
}

package io.github.lanewise.examples.report.evaluation;

import io.github.lanewise.kernels.Compute;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * What is linear in features: their two principal components, and ridge regression on 0 and 1. Both
 * come in closed form from the eigenvalues of the centred Gram matrix, [n, n] for n samples however
 * many values a sample has.
 *
 * <p>Ridge regression minimises {@code sum (y - b - w.x)^2 + penalty |w|^2}; the intercept is not
 * penalised. The penalty is the one of a row of candidates with the least squared error when each
 * sample is predicted by all others, which too is in closed form: the residual divided by {@code 1
 * - h_ii}, h being the matrix that maps targets to predictions (Hastie et al., The Elements of
 * Statistical Learning, equation 7.64).
 */
public final class LinearProbe {

  private static final int COMPONENTS = 2;

  /** Where {@link #apply} gives the ridge regression, behind the components. */
  public static final int RIDGE = COMPONENTS;

  private final int samples;
  private final double[] explained;
  private final double penalty;

  /** The components, then the ridge regression. */
  private final double[][] weights;

  private final double[] offsets;

  private LinearProbe(
      int samples, double[] explained, double penalty, double[][] weights, double[] offsets) {
    this.samples = samples;
    this.explained = explained;
    this.penalty = penalty;
    this.weights = weights;
    this.offsets = offsets;
  }

  /** Fits both to samples and their targets. */
  public static LinearProbe fit(FeatureRows rows, Compute compute) {
    DMatrixRMaj gram = rows.gram(compute);
    double[] rowMeans = rowMeans(gram);
    Spectrum spectrum = Spectrum.of(centred(gram, rowMeans));
    double[] targets = rows.targets();
    double mean = Arrays.stream(targets).average().orElse(0);
    double[] inBasis = spectrum.coordinates(Arrays.stream(targets).map(y -> y - mean).toArray());
    double penalty = spectrum.bestPenalty(inBasis);

    double[][] coefficients = new double[COMPONENTS + 1][];
    double[] explained = new double[COMPONENTS];
    for (int k = 0; k < COMPONENTS; k++) {
      coefficients[k] = spectrum.component(k);
      explained[k] = spectrum.share(k);
    }
    coefficients[COMPONENTS] = spectrum.dual(inBasis, penalty);
    double[] offsets = new double[COMPONENTS + 1];
    for (int k = 0; k <= COMPONENTS; k++) {
      offsets[k] = k == COMPONENTS ? mean : 0;
      for (int i = 0; i < rowMeans.length; i++) {
        offsets[k] -= coefficients[k][i] * rowMeans[i];
      }
    }
    return new LinearProbe(rows.count(), explained, penalty, rows.combine(coefficients), offsets);
  }

  /** How many samples it was fitted to. */
  public int samples() {
    return samples;
  }

  /** The share of the features' variance along each of the two components. */
  public double[] explained() {
    return explained.clone();
  }

  /** The ridge regression's penalty. */
  public double penalty() {
    return penalty;
  }

  /**
   * What it says of samples.
   *
   * @return [count, 3]: the coordinates along the two components, and the ridge regression's
   *     estimate of the target, which is not bounded
   */
  public double[][] apply(FeatureRows rows) {
    return rows.map(weights, offsets);
  }

  private static double[] rowMeans(DMatrixRMaj gram) {
    double[] means = new double[gram.numRows];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < means.length; j++) {
        means[i] += gram.get(i, j) / means.length;
      }
    }
    return means;
  }

  private static DMatrixRMaj centred(DMatrixRMaj gram, double[] rowMeans) {
    double mean = Arrays.stream(rowMeans).average().orElse(0);
    DMatrixRMaj centred = gram.copy();
    for (int i = 0; i < rowMeans.length; i++) {
      for (int j = 0; j < rowMeans.length; j++) {
        centred.add(i, j, mean - rowMeans[i] - rowMeans[j]);
      }
    }
    return centred;
  }
}

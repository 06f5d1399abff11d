package io.github.lanewise.examples.report.evaluation;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.train.Dataset;
import org.ejml.data.DMatrixRMaj;

/**
 * Samples of a dataset as a matrix, a row each, of which only some rows are in memory at a time. A
 * dataset of more samples than are wanted gives some that are spread evenly over it.
 */
public final class FeatureRows {

  /** Rows in memory at a time, twice. */
  private static final int BLOCK = 64;

  private final Dataset data;
  private final int count;

  /**
   * Rows of a dataset whose samples can all be read.
   *
   * @param most how many rows at most, at least 1
   */
  public FeatureRows(Dataset data, int most) {
    this.data = data;
    this.count = Math.min(data.size(), most);
  }

  /** The number of rows. */
  public int count() {
    return count;
  }

  /** The values of a row. */
  public int width() {
    return data.sampleShape().size();
  }

  /** The first value of the target of each row. */
  public double[] targets() {
    float[] x = new float[width()];
    float[] y = new float[data.targetShape().size()];
    double[] targets = new double[count];
    for (int i = 0; i < count; i++) {
      read(i, x, 0, y);
      targets[i] = y[0];
    }
    return targets;
  }

  private void read(int row, float[] x, int offset, float[] y) {
    int index = (int) ((long) row * data.size() / count);
    if (!data.read(index, x, offset, y, 0)) {
      throw new IllegalStateException("FeatureRows: sample " + index + " can not be read");
    }
  }

  private int block(int from, float[] x) {
    float[] y = new float[data.targetShape().size()];
    int rows = Math.min(BLOCK, count - from);
    for (int i = 0; i < rows; i++) {
      read(from + i, x, i * width(), y);
    }
    return rows;
  }

  /** The products of all rows with all rows, [count, count]. */
  DMatrixRMaj gram(Compute compute) {
    DMatrixRMaj gram = new DMatrixRMaj(count, count);
    int size = Math.min(BLOCK, count) * width();
    float[] a = new float[size];
    float[] b = new float[size];
    float[] product = new float[BLOCK * BLOCK];
    for (int top = 0; top < count; top += BLOCK) {
      int m = block(top, a);
      for (int left = 0; left <= top; left += BLOCK) {
        int n = left == top ? m : block(left, b);
        GemmGeometry geometry = GemmGeometry.transposeB(m, n, width());
        compute
            .kernels()
            .gemm(geometry, a, 0, left == top ? a : b, 0, product, 0, false, compute.loop());
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            gram.set(top + i, left + j, product[i * n + j]);
            gram.set(left + j, top + i, product[i * n + j]);
          }
        }
      }
    }
    return gram;
  }

  /**
   * Sums of rows.
   *
   * @param coefficients for each sum, one a row
   * @return [sums, width]
   */
  double[][] combine(double[][] coefficients) {
    double[][] sums = new double[coefficients.length][width()];
    float[] x = new float[width()];
    float[] y = new float[data.targetShape().size()];
    for (int row = 0; row < count; row++) {
      read(row, x, 0, y);
      for (int k = 0; k < sums.length; k++) {
        double coefficient = coefficients[k][row];
        double[] sum = sums[k];
        for (int i = 0; i < x.length; i++) {
          sum[i] += coefficient * x[i];
        }
      }
    }
    return sums;
  }

  /**
   * Affine functions of the rows.
   *
   * @param weights [functions, width]
   * @param offsets one a function
   * @return [count, functions]
   */
  double[][] map(double[][] weights, double[] offsets) {
    double[][] values = new double[count][weights.length];
    float[] x = new float[width()];
    float[] y = new float[data.targetShape().size()];
    for (int row = 0; row < count; row++) {
      read(row, x, 0, y);
      for (int k = 0; k < weights.length; k++) {
        double sum = offsets[k];
        double[] weight = weights[k];
        for (int i = 0; i < x.length; i++) {
          sum += weight[i] * x[i];
        }
        values[row][k] = sum;
      }
    }
    return values;
  }
}

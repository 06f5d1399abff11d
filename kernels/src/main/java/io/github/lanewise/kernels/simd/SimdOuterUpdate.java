package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightUpdate;

/**
 * The product {@code a^T b} of [k, m] and [k, n], of which some rows at a time are computed and
 * handed to an update, so that the product is never stored whole. Tasks are stretches of rows;
 * every element sums over k in order, as {@link SimdGemm} has it.
 */
final class SimdOuterUpdate {

  private static final int TASK_ROWS = 192;

  /** Floats of the product that stay in the second-level cache until the update has read them. */
  private static final int BLOCK = 24_576;

  private SimdOuterUpdate() {}

  static void run(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      WeightUpdate update,
      ParallelLoop loop) {
    Panels panels = Panels.of(k, n, 1, b, bOffset, n, ParallelLoop.serial());
    int rows = Math.max(1, Math.min(TASK_ROWS, BLOCK / n));
    loop.forRange(
        m,
        TASK_ROWS,
        (from, to) -> {
          PanelProduct product = PanelProduct.ofThread();
          float[] floats = product.floats(rows * (k + n));
          for (int i = from; i < to; i += rows) {
            int count = Math.min(rows, to - i);
            transpose(a, aOffset + i, m, k, count, floats, rows * n);
            for (int panel = 0; panel < panels.count(); panel++) {
              product.begin(panels, 0, panel, count, floats, panels.firstColumn(panel), n);
              for (int r = 0; r < count; r++) {
                product.rows()[r] = rows * n + r * k;
              }
              product.add(floats, 0, 0, k, Float.NEGATIVE_INFINITY);
              product.finish();
            }
            update.apply(i * n, (i + count) * n, floats, 0);
          }
        });
  }

  /** [k, rows] with rows {@code stride} apart to dense [rows, k]. */
  private static void transpose(
      float[] from, int at, int stride, int k, int rows, float[] to, int toAt) {
    for (int p = 0; p < k; p++) {
      for (int r = 0; r < rows; r++) {
        to[toAt + r * k + p] = from[at + p * stride + r];
      }
    }
  }
}

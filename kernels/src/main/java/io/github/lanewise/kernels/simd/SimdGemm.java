package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;

/**
 * Matrix product by blocks (Goto and van de Geijn 2008): a block of b is packed into panels that
 * stay in the second-level cache, then the rows of a pass by. A task is a block of c; it packs for
 * itself and sums over k in order.
 */
final class SimdGemm {

  private static final int TASK_ROWS = 1024;
  private static final int ROWS = 96;
  private static final int COLUMNS = 256;
  private static final int K = 192;

  private SimdGemm() {}

  static void gemm(
      GemmGeometry g,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate,
      ParallelLoop loop) {
    if (g.k() == 0) {
      for (int i = 0; i < g.m() && !accumulate; i++) {
        Arrays.fill(c, cOffset + i * g.cStride(), cOffset + i * g.cStride() + g.n(), 0);
      }
      return;
    }
    int rowTasks = (g.m() + TASK_ROWS - 1) / TASK_ROWS;
    int columnTasks = (g.n() + COLUMNS - 1) / COLUMNS;
    loop.forEach(
        rowTasks * columnTasks,
        task -> {
          int row = task / columnTasks * TASK_ROWS;
          int column = task % columnTasks * COLUMNS;
          int rows = Math.min(TASK_ROWS, g.m() - row);
          int columns = Math.min(COLUMNS, g.n() - column);
          block(g, row, rows, column, columns, a, aOffset, b, bOffset, c, cOffset, accumulate);
        });
  }

  private static void block(
      GemmGeometry g,
      int row,
      int rows,
      int column,
      int columns,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    int depth = Math.min(K, g.k());
    Panels panels = Panels.allocate(depth, columns);
    PanelProduct product = PanelProduct.ofThread();
    float[] transposed = g.transposeA() ? product.floats(ROWS * depth) : a;
    for (int k = 0; k < g.k(); k += depth) {
      int stretch = Math.min(depth, g.k() - k);
      if (g.transposeB()) {
        panels.refill(b, bOffset + column * g.bStride() + k, 1, g.bStride(), stretch);
      } else {
        panels.refill(b, bOffset + k * g.bStride() + column, g.bStride(), 1, stretch);
      }
      for (int i = row; i < row + rows; i += ROWS) {
        int count = Math.min(ROWS, row + rows - i);
        if (g.transposeA()) {
          transpose(a, aOffset + k * g.aStride() + i, g.aStride(), stretch, count, transposed);
        }
        for (int panel = 0; panel < panels.count(); panel++) {
          int to = cOffset + i * g.cStride() + column + panels.firstColumn(panel);
          product.begin(panels, 0, panel, count, c, to, g.cStride());
          for (int r = 0; r < count; r++) {
            product.rows()[r] = g.transposeA() ? r * stretch : aOffset + (i + r) * g.aStride() + k;
          }
          if (accumulate || k > 0) {
            product.startFromProduct();
          }
          product.add(transposed, 0, 0, stretch, Float.NEGATIVE_INFINITY);
          product.finish();
        }
      }
    }
  }

  /** [k, rows] with rows {@code stride} apart to dense [rows, k]. */
  private static void transpose(float[] from, int at, int stride, int k, int rows, float[] to) {
    for (int p = 0; p < k; p++) {
      for (int r = 0; r < rows; r++) {
        to[r * k + p] = from[at + p * stride + r];
      }
    }
  }
}

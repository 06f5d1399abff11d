package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;

/**
 * Matrix product by blocks (Goto and van de Geijn 2008): a block of b is packed into panels that
 * stay in the second-level cache, then the rows of a pass by. A task is a block of c; it packs for
 * itself. Every element of c sums over k in order, whatever the blocks. Products of few rows with
 * contiguous columns of b are left to {@link DotProducts}.
 */
final class SimdGemm {

  private static final int TASK_ROWS = 1024;

  /** Most of k that is packed together. */
  private static final int DEPTH = 512;

  /** Floats of a packed block of b. */
  private static final int BLOCK = 49_152;

  /**
   * How c is cut.
   *
   * @param rows that pass by a packed block together
   * @param columns of a task
   * @param depth stretch of k that is packed
   */
  private record Blocking(int rows, int columns, int depth) {

    static Blocking of(GemmGeometry g, ParallelLoop loop) {
      if (g.m() > 96 && g.k() > 48) {
        int stretches = (g.k() + DEPTH - 1) / DEPTH;
        return new Blocking(96, 256, (g.k() + stretches - 1) / stretches);
      }
      // b or c passes through once, at the memory's speed: whole rows of it, in order
      int share = (g.n() / loop.threads() + 63) / 64 * 64;
      int columns = Math.max(64, Math.min(1024, share));
      int depth = Math.min(192, BLOCK / columns);
      return new Blocking(g.m() > 96 ? 24 : 96, columns, depth);
    }
  }

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
    if (DotProducts.suit(g)) {
      DotProducts.gemm(g, a, aOffset, b, bOffset, c, cOffset, accumulate, loop);
      return;
    }
    if (UnpackedGemm.suits(g)) {
      UnpackedGemm.gemm(g, a, aOffset, b, bOffset, c, cOffset, accumulate, loop);
      return;
    }
    if (SimdFlatGemm.suits(g)) {
      SimdFlatGemm.gemm(g, a, aOffset, b, bOffset, c, cOffset, accumulate, loop);
      return;
    }
    Blocking blocking = Blocking.of(g, loop);
    int rowTasks = (g.m() + TASK_ROWS - 1) / TASK_ROWS;
    int columnTasks = (g.n() + blocking.columns - 1) / blocking.columns;
    loop.forEach(
        rowTasks * columnTasks,
        task -> {
          int row = task / columnTasks * TASK_ROWS;
          int column = task % columnTasks * blocking.columns;
          multiply(g, blocking, row, column, a, aOffset, b, bOffset, c, cOffset, accumulate);
        });
  }

  private static void multiply(
      GemmGeometry g,
      Blocking blocking,
      int row,
      int column,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    int endRow = Math.min(row + TASK_ROWS, g.m());
    int columns = Math.min(blocking.columns, g.n() - column);
    int depth = Math.min(blocking.depth, g.k());
    Panels panels = Panels.allocate(depth, columns, 1, true, Scratch.PRODUCT::floats);
    PanelProduct product = PanelProduct.ofThread();
    float[] left = g.transposeA() ? product.floats(blocking.rows * depth) : a;
    float[] scratch = new float[g.transposeA() ? Transposition.scratchSize() : 0];
    for (int k = 0; k < g.k(); k += depth) {
      int stretch = Math.min(depth, g.k() - k);
      if (g.transposeB()) {
        panels.refillTransposed(b, bOffset + column * g.bStride() + k, g.bStride(), stretch);
      } else {
        panels.refill(b, bOffset + k * g.bStride() + column, g.bStride(), stretch);
      }
      for (int i = row; i < endRow; i += blocking.rows) {
        int count = Math.min(blocking.rows, endRow - i);
        if (g.transposeA()) {
          int from = aOffset + k * g.aStride() + i;
          Transposition.transpose(stretch, count, a, from, g.aStride(), left, 0, stretch, scratch);
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
          product.add(left, 0, 0, stretch, Float.NEGATIVE_INFINITY);
          product.finish();
        }
      }
    }
  }
}

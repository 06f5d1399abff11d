package io.github.lanewise.kernels.simd;

import java.util.function.Consumer;

/** A product whose last panel may be narrower than whole vectors: those go through a copy. */
final class RaggedColumns {

  private RaggedColumns() {}

  /**
   * Computes rows times one panel into {@code c} without touching what lies beyond the panel's
   * columns.
   *
   * @param accumulate whether to start from what {@code c} holds rather than from zeros
   * @param sum adds the stretches
   */
  static void accumulate(
      Panels panels,
      int group,
      int panel,
      int[] rows,
      float[] c,
      int cAt,
      int cStride,
      boolean accumulate,
      Consumer<PanelProduct> sum) {
    if (!panels.ragged(panel)) {
      PanelProduct product =
          new PanelProduct(panels, group, panel, rows.length, rows, c, cAt, cStride);
      if (accumulate) {
        product.startFromProduct();
      }
      sum.accept(product);
      return;
    }
    int width = panels.vectors(panel) * Lanes.COUNT;
    int used = panels.usedColumns(panel);
    float[] tile = new float[rows.length * width];
    if (accumulate) {
      for (int r = 0; r < rows.length; r++) {
        System.arraycopy(c, cAt + r * cStride, tile, r * width, used);
      }
    }
    PanelProduct product =
        new PanelProduct(panels, group, panel, rows.length, rows, tile, 0, width);
    product.startFromProduct();
    sum.accept(product);
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(tile, r * width, c, cAt + r * cStride, used);
    }
  }
}

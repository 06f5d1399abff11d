package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.PackedFilter;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.ScalarKernels;
import java.util.Arrays;

/**
 * Convolution as an implicit matrix product. In NHWC the receptive field of an output pixel is one
 * contiguous stretch a filter row, {@code filterWidth * inputChannels} long, so the pixels' windows
 * are rows of a matrix that is never built: a row is a few offsets into the bordered input. A task
 * is a block of output pixels times one panel of output channels; every output sums in the same
 * order.
 */
final class SimdConv2d {

  /** Output pixels whose windows stay in the second-level cache while the panels pass by. */
  private static final int BLOCK = 96;

  /** Depthwise convolutions: C2 vectorises their plain loop over channels. */
  private static final Kernels SCALAR = new ScalarKernels();

  private SimdConv2d() {}

  static PackedFilter packFilter(Conv2dGeometry g, float[] filter, int filterOffset) {
    if (g.depthwise() && g.groups() > 1) {
      return SCALAR.packFilter(g, filter, filterOffset);
    }
    return Panels.of(
        g.filterHeight() * g.filterWidth() * g.groupInputChannels(),
        g.groupOutputChannels(),
        g.groups(),
        filter,
        filterOffset,
        g.outputChannels(),
        ParallelLoop.serial());
  }

  static int conv2dWorkspace(Conv2dGeometry g) {
    return g.depthwise() && g.groups() > 1 ? 0 : Bordered.size(g);
  }

  static void conv2d(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      PackedFilter filter,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop) {
    if (!(filter instanceof Panels panels)) {
      SCALAR.conv2d(
          g,
          input,
          inputOffset,
          filter,
          epilogue,
          output,
          outputOffset,
          workspace,
          workspaceOffset,
          loop);
      return;
    }
    Bordered image = Bordered.of(g, input, inputOffset, workspace, workspaceOffset, loop);
    int pixels = g.batch() * g.outputHeight() * g.outputWidth();
    int blocks = (pixels + BLOCK - 1) / BLOCK;
    int panelsOfAll = g.groups() * panels.count();
    loop.forEach(
        blocks * panelsOfAll,
        task -> {
          int block = task / panelsOfAll;
          int from = (int) ((long) pixels * block / blocks);
          int to = (int) ((long) pixels * (block + 1) / blocks);
          int index = task % panelsOfAll;
          int group = index / panels.count();
          int panel = index % panels.count();
          int column = group * panels.columns + panels.firstColumn(panel);
          int at = outputOffset + from * g.outputPixelStride() + column;
          Windows windows = Windows.of(g, image, from, to);
          if (panels.ragged(panel)) {
            int width = panels.vectors(panel) * Lanes.COUNT;
            float[] tile = new float[(to - from) * width];
            PanelProduct product =
                new PanelProduct(panels, group, panel, to - from, windows.starts(), tile, 0, width);
            if (epilogue.bias() != null) {
              int end = column + panels.usedColumns(panel);
              float[] bias = Arrays.copyOfRange(epilogue.bias(), column, end);
              product.startFromRow(Arrays.copyOf(bias, width), 0);
            }
            windows.addTo(product, group, epilogue.relu());
            copyTile(tile, width, panels.usedColumns(panel), output, at, g.outputPixelStride());
          } else {
            PanelProduct product =
                new PanelProduct(
                    panels,
                    group,
                    panel,
                    to - from,
                    windows.starts(),
                    output,
                    at,
                    g.outputPixelStride());
            if (epilogue.bias() != null) {
              product.startFromRow(epilogue.bias(), column);
            }
            windows.addTo(product, group, epilogue.relu());
          }
        });
  }

  private static void copyTile(
      float[] tile, int width, int used, float[] output, int at, int stride) {
    for (int row = 0; row * width < tile.length; row++) {
      System.arraycopy(tile, row * width, output, at + row * stride, used);
    }
  }
}

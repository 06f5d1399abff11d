package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.WeightPrecision;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import jdk.incubator.vector.FloatVector;

/**
 * Convolution as an implicit matrix product. In NHWC the receptive field of an output pixel is one
 * contiguous stretch a filter row, {@code filterWidth * inputChannels} long, so the pixels' windows
 * are rows of a matrix that is never built: a row is a few offsets into the bordered input. A task
 * is a block of output pixels times one panel of output channels; every output sums in the same
 * order. Threads share out the pixels or, where the filter is larger than the input, the panels.
 */
final class SimdConv2d {

  /** Windows of shorter stretches are copied into one stretch first. */
  private static final int SHORT_STRETCH = 32;

  /** Vectors of the panels that one row is multiplied with as they are. */
  private static final int ROW_VECTORS = 2;

  private SimdConv2d() {}

  static Panels pack(
      Conv2dGeometry g,
      float[] filter,
      int filterOffset,
      WeightPrecision precision,
      IntFunction<float[]> memory,
      ParallelLoop loop) {
    Panels floats =
        Panels.of(
            g.filterHeight() * g.filterWidth() * g.groupInputChannels(),
            g.groupOutputChannels(),
            g.groups(),
            isDense(g) && precision != WeightPrecision.FLOAT32 ? ROW_VECTORS : Tile.MAX_VECTORS,
            PixelBlocks.oneBlock(g),
            filter,
            filterOffset,
            g.outputChannels(),
            memory,
            loop);
    return floats.in(precision);
  }

  /**
   * Whether there are one-channel groups, which have no sum over channels to speed up: C2
   * vectorises the scalar kernel's plain loop over channels.
   */
  static boolean isDepthwise(Conv2dGeometry g) {
    return g.depthwise() && g.groups() > 1;
  }

  /** Whether each image is one row of a product with the filter. */
  private static boolean isDense(Conv2dGeometry g) {
    return g.outputHeight() * g.outputWidth() * g.filterHeight() * g.filterWidth() == 1
        && !g.padded();
  }

  static Runnable bind(
      Conv2dGeometry g,
      float[] input,
      int inputOffset,
      Panels panels,
      Epilogue epilogue,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset,
      ParallelLoop loop) {
    Bordered image = Bordered.of(g, input, inputOffset, workspace, workspaceOffset, loop);
    int panelsOfAll = g.groups() * panels.count();
    boolean reorder = g.groupInputChannels() >= SHORT_STRETCH;
    PixelBlocks pixels = PixelBlocks.of(g, panelsOfAll, loop.threads(), reorder);
    int blocks = pixels.blocks().size();
    int[] order = pixels.order();
    int[] starts = image.windowStarts(g, order);
    boolean sharePanels = loop.threads() > 1 && filterSize(g) > inputSize(g);
    boolean oneRow = isDense(g) && g.batch() == 1 && panels.compressed != null;
    ParallelLoop.Task task =
        i -> {
          PixelBlocks.Block block = pixels.blocks().get(sharePanels ? i % blocks : i / panelsOfAll);
          int from = block.from();
          int index = sharePanels ? i / blocks : i % panelsOfAll;
          int group = index / panels.count();
          int panel = index % panels.count();
          int column = group * panels.columns + panels.firstColumn(panel);
          int at = outputOffset + column;
          if (oneRow && panels.vectors(panel) == ROW_VECTORS) {
            int start = inputOffset + group * g.groupInputChannels();
            multiplyRow(panels, group, panel, input, start, epilogue, column, output, at);
            return;
          }
          PanelProduct product = PanelProduct.ofThread();
          if (order.length == 0) {
            at += from * g.outputPixelStride();
            product.begin(panels, group, panel, block.count(), output, at, g.outputPixelStride());
            image.windowStarts(g, from, block.to(), product.rows());
          } else {
            product.begin(
                panels,
                group,
                panel,
                block.count(),
                output,
                at,
                g.outputPixelStride(),
                order,
                from);
            System.arraycopy(starts, from, product.rows(), 0, block.count());
          }
          if (epilogue.bias() != null) {
            product.startFromRow(epilogue.bias(), column);
          }
          float floor = epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY;
          addWindows(g, image, group, product, block, floor);
          product.finish();
        };
    return () -> {
      image.copy().run();
      loop.forEach(blocks * panelsOfAll, task);
    };
  }

  private static long filterSize(Conv2dGeometry g) {
    return (long) g.filterHeight() * g.filterWidth() * g.groupInputChannels() * g.outputChannels();
  }

  private static long inputSize(Conv2dGeometry g) {
    return (long) g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels();
  }

  /** One row times a compressed panel, with the epilogue. */
  private static void multiplyRow(
      Panels panels,
      int group,
      int panel,
      float[] row,
      int rowAt,
      Epilogue epilogue,
      int column,
      float[] output,
      int at) {
    float[] sums = PanelProduct.ofThread().floats(ROW_VECTORS * Lanes.COUNT);
    int used = panels.usedColumns(panel);
    Arrays.fill(sums, 0, ROW_VECTORS * Lanes.COUNT, 0);
    if (epilogue.bias() != null) {
      System.arraycopy(epilogue.bias(), column, sums, 0, used);
    }
    CompressedPanels compressed = Objects.requireNonNull(panels.compressed);
    compressed.addRow(panels.k, row, rowAt, panels.column(group, panel), sums);
    for (int c = 0; c < used; c++) {
      output[at + c] = epilogue.relu() && sums[c] < 0 ? 0 : sums[c];
    }
  }

  private static void addWindows(
      Conv2dGeometry g,
      Bordered image,
      int group,
      PanelProduct product,
      PixelBlocks.Block block,
      float floor) {
    int channels = g.groupInputChannels();
    boolean contiguous = g.dilationWidth() == 1 && image.pixelStride() == channels;
    PixelBlocks.Taps vertical = block.vertical();
    PixelBlocks.Taps horizontal = block.horizontal();
    int rows = vertical.count();
    int columns = horizontal.count();
    int down = g.dilationHeight() * image.rowStride();
    int across = g.dilationWidth() * image.pixelStride();
    int start = group * channels + vertical.from() * down + horizontal.from() * across;
    int k = (vertical.from() * g.filterWidth() + horizontal.from()) * channels;
    boolean whole = columns == g.filterWidth() || rows == 1;
    if (rows > 1 && contiguous && columns * channels < SHORT_STRETCH) {
      addCopied(image, start, rows, down, columns * channels, product, block.count(), floor);
    } else if (contiguous && whole) {
      product.addStretches(image.data(), start, k, rows, down, columns * channels, floor);
    } else {
      int stretches = contiguous ? 1 : columns;
      int length = columns * channels / stretches;
      for (int y = 0; y < rows; y++) {
        float lowest = y == rows - 1 ? floor : Float.NEGATIVE_INFINITY;
        int from = k + y * g.filterWidth() * channels;
        product.addStretches(
            image.data(), start + y * down, from, stretches, across, length, lowest);
      }
    }
  }

  /** Adds stretches that are too short to be summed one after another: copied into one first. */
  private static void addCopied(
      Bordered image,
      int start,
      int stretches,
      int distance,
      int length,
      PanelProduct product,
      int count,
      float floor) {
    int pitch = stretches * length + Lanes.COUNT;
    float[] windows = product.floats(count * pitch);
    for (int s = 0; s < stretches; s++) {
      int shift = start + s * distance;
      copy(image.data(), product.rows(), shift, length, count, windows, s * length, pitch);
    }
    for (int r = 0; r < count; r++) {
      product.rows()[r] = r * pitch;
    }
    product.add(windows, 0, 0, stretches * length, floor);
  }

  /**
   * Copies a stretch of each window by whole vectors. What they write beyond its end belongs to the
   * next stretch, which comes later, or to nothing.
   */
  private static void copy(
      float[] from,
      int[] starts,
      int shift,
      int length,
      int count,
      float[] to,
      int toAt,
      int pitch) {
    if (starts[count - 1] + shift + length + Lanes.COUNT > from.length) {
      for (int r = 0; r < count; r++) {
        System.arraycopy(from, starts[r] + shift, to, toAt + r * pitch, length);
      }
      return;
    }
    for (int i = 0; i < length; i += Lanes.COUNT) {
      for (int r = 0; r < count; r++) {
        FloatVector.fromArray(Lanes.SPECIES, from, starts[r] + shift + i)
            .intoArray(to, toAt + r * pitch + i);
      }
    }
  }
}

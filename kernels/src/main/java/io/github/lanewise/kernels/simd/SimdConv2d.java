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

  /** Output pixels whose windows stay in the second-level cache while the panels pass by. */
  private static final int BLOCK = 96;

  /** Blocks are multiples of this, which is a multiple of the heights of the usual tiles. */
  private static final int FULL_TILES = 24;

  /** Tasks a thread that even out their different speeds. */
  private static final int TASKS_PER_THREAD = 4;

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
            Panels.shared(g),
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
    int pixels = g.batch() * g.outputHeight() * g.outputWidth();
    int panelsOfAll = g.groups() * panels.count();
    int blocks = blocks(pixels, panelsOfAll, loop.threads());
    boolean sharePanels = loop.threads() > 1 && filterSize(g) > inputSize(g);
    boolean oneRow = pixels == 1 && isDense(g) && panels.compressed != null;
    ParallelLoop.Task task =
        i -> {
          int block = sharePanels ? i % blocks : i / panelsOfAll;
          int from = firstPixel(block, blocks, pixels);
          int to = firstPixel(block + 1, blocks, pixels);
          int index = sharePanels ? i / blocks : i % panelsOfAll;
          int group = index / panels.count();
          int panel = index % panels.count();
          int column = group * panels.columns + panels.firstColumn(panel);
          int at = outputOffset + from * g.outputPixelStride() + column;
          if (oneRow && panels.vectors(panel) == ROW_VECTORS) {
            int start = inputOffset + group * g.groupInputChannels();
            multiplyRow(panels, group, panel, input, start, epilogue, column, output, at);
            return;
          }
          PanelProduct product = PanelProduct.ofThread();
          product.begin(panels, group, panel, to - from, output, at, g.outputPixelStride());
          if (epilogue.bias() != null) {
            product.startFromRow(epilogue.bias(), column);
          }
          image.windowStarts(g, from, to, product.rows());
          float floor = epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY;
          addWindows(g, image, group, product, to - from, floor);
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
    compressed.addRow(
        panels.k, row, rowAt, panels.index(group, panel), panels.column(group, panel), sums);
    for (int c = 0; c < used; c++) {
      output[at + c] = epilogue.relu() && sums[c] < 0 ? 0 : sums[c];
    }
  }

  private static int blocks(int pixels, int panels, int threads) {
    int blocks = (pixels + BLOCK - 1) / BLOCK;
    if (threads > 1) {
      int wanted = (TASKS_PER_THREAD * threads + panels - 1) / panels;
      blocks = Math.max(blocks, Math.min(wanted, pixels / FULL_TILES));
    }
    return blocks;
  }

  /** The first pixel of a block; all but the last block are of full tiles. */
  private static int firstPixel(int block, int blocks, int pixels) {
    int first = (int) ((long) pixels * block / blocks);
    return block == blocks ? first : first / FULL_TILES * FULL_TILES;
  }

  private static void addWindows(
      Conv2dGeometry g, Bordered image, int group, PanelProduct product, int count, float floor) {
    int channels = g.groupInputChannels();
    boolean contiguous = g.dilationWidth() == 1 && image.pixelStride() == channels;
    int rows = g.filterHeight();
    int down = g.dilationHeight() * image.rowStride();
    int across = g.dilationWidth() * image.pixelStride();
    int start = group * channels;
    if (rows > 1 && contiguous && g.filterWidth() * channels < SHORT_STRETCH) {
      addCopied(image, start, rows, down, g.filterWidth() * channels, product, count, floor);
    } else if (contiguous) {
      product.addStretches(image.data(), start, 0, rows, down, g.filterWidth() * channels, floor);
    } else {
      for (int y = 0; y < rows; y++) {
        float lowest = y == rows - 1 ? floor : Float.NEGATIVE_INFINITY;
        int from = y * g.filterWidth() * channels;
        product.addStretches(
            image.data(), start + y * down, from, g.filterWidth(), across, channels, lowest);
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

package io.github.lanewise.kernels;

import static io.github.lanewise.kernels.GuardedFloats.sameForAnyThreads;

import java.util.ArrayList;
import java.util.List;

/** Poolings of awkward sizes, with windows clipped on all sides and with none; and their runs. */
final class Pools {

  private static final int BATCH = 2;
  static final int HEIGHT = 9;
  private static final int WIDTH = 7;

  private Pools() {}

  static Pool2dGeometry valid(int channels, int height, int width, int stride) {
    int outputHeight = (HEIGHT - height) / stride + 1;
    int outputWidth = (WIDTH - width) / stride + 1;
    return new Pool2dGeometry(
        BATCH,
        HEIGHT,
        WIDTH,
        channels,
        channels,
        height,
        width,
        stride,
        stride,
        0,
        0,
        outputHeight,
        outputWidth,
        channels);
  }

  static Pool2dGeometry same(int channels, int height, int width, int stride) {
    int outputHeight = (HEIGHT + stride - 1) / stride;
    int outputWidth = (WIDTH + stride - 1) / stride;
    return new Pool2dGeometry(
        BATCH,
        HEIGHT,
        WIDTH,
        channels,
        channels,
        height,
        width,
        stride,
        stride,
        Math.max(0, (outputHeight - 1) * stride + height - HEIGHT) / 2,
        Math.max(0, (outputWidth - 1) * stride + width - WIDTH) / 2,
        outputHeight,
        outputWidth,
        channels);
  }

  static List<Pool2dGeometry> all() {
    List<Pool2dGeometry> list = new ArrayList<>();
    for (int channels : new int[] {1, 3, 16, 17, 33, 192}) {
      for (int stride = 1; stride <= 3; stride++) {
        for (int[] pool : new int[][] {{1, 1}, {2, 2}, {3, 3}, {1, 3}, {3, 2}, {5, 4}}) {
          list.add(valid(channels, pool[0], pool[1], stride));
          list.add(same(channels, pool[0], pool[1], stride));
        }
      }
      list.add(valid(channels, HEIGHT, WIDTH, 1));
    }
    list.add(same(768, 3, 3, 1));
    list.add(valid(768, 3, 3, 2));
    list.add(valid(768, HEIGHT, WIDTH, 1));
    return list;
  }

  static int inputSize(Pool2dGeometry g) {
    return g.batch() * g.inputHeight() * g.inputWidth() * g.inputPixelStride();
  }

  static int outputSize(Pool2dGeometry g) {
    return g.batch() * g.outputHeight() * g.outputWidth() * g.outputPixelStride();
  }

  /** The result on any number of threads, guards around and between its pixels intact. */
  static GuardedFloats maxPool(Pool2dGeometry g, GuardedFloats x) {
    return sameForAnyThreads(
        threads -> {
          GuardedFloats y = GuardedFloats.guards(5, outputSize(g));
          KernelSelector.kernels()
              .maxPool2d(g, x.array(), x.offset(), y.array(), y.offset(), ParallelLoop.of(threads));
          y.assertGuardsIntact(g.channels(), g.outputPixelStride());
          return y;
        });
  }

  /** As {@link #maxPool}. */
  static GuardedFloats averagePool(Pool2dGeometry g, GuardedFloats x, boolean relu) {
    return sameForAnyThreads(
        threads -> {
          GuardedFloats y = GuardedFloats.guards(5, outputSize(g));
          KernelSelector.kernels()
              .averagePool2d(
                  g, x.array(), x.offset(), relu, y.array(), y.offset(), ParallelLoop.of(threads));
          y.assertGuardsIntact(g.channels(), g.outputPixelStride());
          return y;
        });
  }
}

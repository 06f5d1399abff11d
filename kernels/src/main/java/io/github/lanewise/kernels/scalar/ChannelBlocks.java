package io.github.lanewise.kernels.scalar;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;

/**
 * Splits the gradient of a pooling by image and block of channels: windows overlap in space, so
 * that only these can be summed by different threads.
 */
final class ChannelBlocks {

  /** Channels of a block: some cache lines of each pixel. */
  private static final int BLOCK = 64;

  /** Work on one image and one block of channels. */
  @FunctionalInterface
  interface Task {
    void run(int image, int fromChannel, int toChannel);
  }

  private ChannelBlocks() {}

  static void forEach(Pool2dGeometry g, ParallelLoop loop, Task task) {
    int channels = g.channels();
    int blocks = (channels + BLOCK - 1) / BLOCK;
    int operations = g.outputHeight() * g.outputWidth() * g.poolHeight() * g.poolWidth();
    loop.forRange(
        g.batch() * blocks,
        ParallelLoop.grain(operations * Math.min(BLOCK, channels)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int first = i % blocks * BLOCK;
            task.run(i / blocks, first, Math.min(channels, first + BLOCK));
          }
        });
  }
}

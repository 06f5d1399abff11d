package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Gradients of pooling. Windows overlap in space, so that a task is an image and a block of
 * channels; it goes over the output's pixels in order.
 */
final class SimdPool2dGradient {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;

  /** Channels of a task: some cache lines of each pixel. */
  private static final int BLOCK = 64;

  /** What is done with one window, for some channels. */
  @FunctionalInterface
  private interface Window {

    /**
     * Adds to the gradients of the window's pixels.
     *
     * @param pixels indices of their first channel, in row-major order, {@code count} of them
     * @param out index of the output pixel's first channel
     */
    void add(int[] pixels, int count, int out, int fromChannel, int toChannel);
  }

  private SimdPool2dGradient() {}

  static void maxPool2dGradient(
      Pool2dGeometry g,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    forEachWindow(
        g,
        loop,
        (pixels, count, out, from, to) -> {
          int bound = from + S.loopBound(to - from);
          for (int c = from; c < bound; c += S.length()) {
            giveToFirst(
                pixels,
                count,
                FloatVector.fromArray(S, output, outputOffset + out + c),
                FloatVector.fromArray(S, outputGradient, outputGradientOffset + out + c),
                input,
                inputOffset + c,
                inputGradient,
                inputGradientOffset + c);
          }
          for (int c = bound; c < to; c++) {
            int first =
                first(pixels, count, output[outputOffset + out + c], input, inputOffset + c);
            inputGradient[inputGradientOffset + c + first] +=
                outputGradient[outputGradientOffset + out + c];
          }
        });
  }

  /** Adds a vector of gradients to those of the first pixels that hold the maxima, or NaN. */
  private static void giveToFirst(
      int[] pixels,
      int count,
      FloatVector maximum,
      FloatVector gradient,
      float[] input,
      int inputAt,
      float[] inputGradient,
      int inputGradientAt) {
    FloatVector left = gradient;
    FloatVector zero = FloatVector.zero(S);
    for (int i = 0; i < count; i++) {
      FloatVector value = FloatVector.fromArray(S, input, inputAt + pixels[i]);
      VectorMask<Float> here =
          value.compare(VectorOperators.EQ, maximum).or(value.compare(VectorOperators.NE, value));
      FloatVector.fromArray(S, inputGradient, inputGradientAt + pixels[i])
          .add(zero.blend(left, here))
          .intoArray(inputGradient, inputGradientAt + pixels[i]);
      left = left.blend(zero, here);
    }
  }

  private static int first(int[] pixels, int count, float maximum, float[] input, int at) {
    for (int i = 0; i < count; i++) {
      float value = input[at + pixels[i]];
      if (value == maximum || Float.isNaN(value)) {
        return pixels[i];
      }
    }
    throw new IllegalArgumentException("output: not the maxima of this input");
  }

  static void averagePool2dGradient(
      Pool2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    forEachWindow(
        g,
        loop,
        (pixels, count, out, from, to) -> {
          float share = 1f / count;
          int at = outputGradientOffset + out;
          for (int i = 0; i < count; i++) {
            SimdElementwise.axpy(
                to - from,
                share,
                outputGradient,
                at + from,
                inputGradient,
                inputGradientOffset + pixels[i] + from);
          }
        });
  }

  private static void forEachWindow(Pool2dGeometry g, ParallelLoop loop, Window window) {
    int blocks = (g.channels() + BLOCK - 1) / BLOCK;
    int operations = g.outputHeight() * g.outputWidth() * g.poolHeight() * g.poolWidth();
    loop.forRange(
        g.batch() * blocks,
        ParallelLoop.grain(operations * Math.min(BLOCK, g.channels()) / S.length()),
        (fromTask, toTask) -> {
          int[] pixels = new int[g.poolHeight() * g.poolWidth()];
          for (int task = fromTask; task < toTask; task++) {
            int first = task % blocks * BLOCK;
            int end = Math.min(g.channels(), first + BLOCK);
            int image = task / blocks;
            for (int oy = 0; oy < g.outputHeight(); oy++) {
              for (int ox = 0; ox < g.outputWidth(); ox++) {
                int count = pixels(g, image, oy, ox, pixels);
                window.add(pixels, count, g.outputIndex(image, oy, ox), first, end);
              }
            }
          }
        });
  }

  private static int pixels(Pool2dGeometry g, int image, int oy, int ox, int[] pixels) {
    int right = g.windowRight(ox);
    int bottom = g.windowBottom(oy);
    int count = 0;
    for (int y = g.windowTop(oy); y < bottom; y++) {
      for (int x = g.windowLeft(ox); x < right; x++) {
        pixels[count++] = g.inputIndex(image, y, x);
      }
    }
    return count;
  }
}

package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.scalar.ScalarKernels;

/**
 * The gradient with respect to the input is itself a convolution: of the output's gradient, with
 * {@code stride - 1} zeros between its pixels, with the filter turned by 180 degrees and its
 * channels exchanged.
 */
final class SimdConv2dInputGradient {

  private static final Kernels SCALAR = new ScalarKernels();

  private SimdConv2dInputGradient() {}

  static void conv2dInputGradient(
      Conv2dGeometry g,
      float[] outputGradient,
      int outputGradientOffset,
      float[] filter,
      int filterOffset,
      float[] inputGradient,
      int inputGradientOffset,
      ParallelLoop loop) {
    Conv2dGeometry turned = turned(g);
    if (SimdConv2d.isDepthwise(g) || turned.padTop() < 0 || turned.padLeft() < 0) {
      SCALAR.conv2dInputGradient(
          g,
          outputGradient,
          outputGradientOffset,
          filter,
          filterOffset,
          inputGradient,
          inputGradientOffset,
          loop);
      return;
    }
    float[] spread = outputGradient;
    int spreadOffset = outputGradientOffset;
    if (g.strideHeight() > 1 || g.strideWidth() > 1) {
      spread = spread(g, turned, outputGradient, outputGradientOffset);
      spreadOffset = 0;
    }
    Panels packed = SimdConv2d.pack(turned, turnedFilter(g, filter, filterOffset), 0);
    int size = g.batch() * g.inputHeight() * g.inputWidth() * g.inputChannels();
    float[] gradient = new float[size];
    float[] workspace = new float[Bordered.size(turned)];
    SimdConv2d.bind(
            turned, spread, spreadOffset, packed, Epilogue.NONE, gradient, 0, workspace, 0, loop)
        .run();
    SCALAR.axpy(size, 1, gradient, 0, inputGradient, inputGradientOffset, loop);
  }

  private static Conv2dGeometry turned(Conv2dGeometry g) {
    return new Conv2dGeometry(
        g.batch(),
        (g.outputHeight() - 1) * g.strideHeight() + 1,
        (g.outputWidth() - 1) * g.strideWidth() + 1,
        g.outputChannels(),
        g.outputChannels(),
        g.filterHeight(),
        g.filterWidth(),
        1,
        1,
        g.dilationHeight(),
        g.dilationWidth(),
        (g.filterHeight() - 1) * g.dilationHeight() - g.padTop(),
        (g.filterWidth() - 1) * g.dilationWidth() - g.padLeft(),
        g.inputHeight(),
        g.inputWidth(),
        g.inputChannels(),
        g.inputChannels(),
        g.groups());
  }

  private static float[] spread(
      Conv2dGeometry g, Conv2dGeometry turned, float[] gradient, int offset) {
    int channels = g.outputChannels();
    float[] spread = new float[g.batch() * turned.inputHeight() * turned.inputWidth() * channels];
    int from = offset;
    for (int image = 0; image < g.batch(); image++) {
      for (int y = 0; y < g.outputHeight(); y++) {
        int row = image * turned.inputHeight() + y * g.strideHeight();
        for (int x = 0; x < g.outputWidth(); x++) {
          int to = (row * turned.inputWidth() + x * g.strideWidth()) * channels;
          System.arraycopy(gradient, from, spread, to, channels);
          from += channels;
        }
      }
    }
    return spread;
  }

  /** [fh, fw, inputs of a group, outputs] to [fh, fw, outputs of a group, inputs], turned. */
  private static float[] turnedFilter(Conv2dGeometry g, float[] filter, int offset) {
    int inputs = g.groupInputChannels();
    int outputs = g.groupOutputChannels();
    int taps = g.filterHeight() * g.filterWidth();
    float[] turned = new float[taps * outputs * g.inputChannels()];
    for (int tap = 0; tap < taps; tap++) {
      int fromTap = offset + (taps - 1 - tap) * inputs * g.outputChannels();
      int toTap = tap * outputs * g.inputChannels();
      for (int ci = 0; ci < g.inputChannels(); ci++) {
        int from = fromTap + ci % inputs * g.outputChannels() + ci / inputs * outputs;
        for (int co = 0; co < outputs; co++) {
          turned[toTap + co * g.inputChannels() + ci] = filter[from + co];
        }
      }
    }
    return turned;
  }
}

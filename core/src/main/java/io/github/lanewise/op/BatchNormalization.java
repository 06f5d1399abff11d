package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization by given statistics, as in inference: {@code gamma (x - mean) / sqrt(variance
 * + epsilon) + beta}. Inputs in Keras's order: x, gamma where {@code scale}, beta where {@code
 * center}, moving mean, moving variance; all but x are [channels], channels being x's last
 * dimension. The statistics are constants: they get no gradient.
 */
public record BatchNormalization(float epsilon, boolean scale, boolean center) implements Op {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return NormalizationInputs.outputShape(this, inputs, scale, center);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    NormalizationInputs in = NormalizationInputs.of(inputs, scale, center);
    in.normalize(
        compute, in.movingMean().toArray(), in.movingVariance().toArray(), epsilon, output);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    NormalizationInputs in = NormalizationInputs.of(inputs, scale, center);
    float[] inverse = in.inverseDeviation(in.movingVariance().toArray(), epsilon);
    int channels = inverse.length;
    int rows = in.x().size() / channels;
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      float[] factor = inverse.clone();
      for (int c = 0; c < channels; c++) {
        factor[c] *= in.gammaAt(c);
      }
      compute
          .loop()
          .forRange(
              rows,
              ParallelLoop.grain(channels),
              (from, to) -> {
                for (int r = from; r < to; r++) {
                  addScaled(
                      factor,
                      outputGradient.data(),
                      outputGradient.offset() + r * channels,
                      dx.data(),
                      dx.offset() + r * channels);
                }
              });
    }
    Tensor dGamma = scale ? inputGradients.get(1) : null;
    if (dGamma != null) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        float mean = in.movingMean().get(c);
        for (int r = 0; r < rows; r++) {
          int i = r * channels + c;
          sum +=
              outputGradient.data()[outputGradient.offset() + i]
                  * (double) (in.x().data()[in.x().offset() + i] - mean);
        }
        dGamma.data()[dGamma.offset() + c] += (float) (sum * inverse[c]);
      }
    }
    if (center) {
      Gradient.bias(compute, outputGradient, inputGradients.get(scale ? 2 : 1));
    }
  }

  /** Adds a row times one factor a channel. */
  private static void addScaled(float[] factor, float[] from, int fromAt, float[] to, int toAt) {
    for (int c = 0; c < factor.length; c++) {
      to[toAt + c] += from[fromAt + c] * factor[c];
    }
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}

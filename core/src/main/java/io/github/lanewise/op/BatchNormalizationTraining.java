package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization by the batch's own mean and biased variance, as in training (Ioffe and
 * Szegedy 2015). Inputs in Keras's order: x, gamma where {@code scale}, beta where {@code center},
 * moving mean, moving variance; all but x are [channels], channels being x's last dimension.
 *
 * <p>Forward has one side effect: it updates the moving averages, {@code moving = momentum moving +
 * (1 - momentum) batch}, as {@code keras/src/layers/normalization/batch_normalization.py} does.
 * They get no gradient.
 */
public record BatchNormalizationTraining(
    float epsilon, float momentum, boolean scale, boolean center) implements Op {

  private record Moments(float[] mean, float[] variance) {
    static Moments of(Compute compute, Tensor x) {
      int channels = x.shape().dim(-1);
      Moments moments = new Moments(new float[channels], new float[channels]);
      compute
          .kernels()
          .moments(
              x.size() / channels,
              channels,
              x.data(),
              x.offset(),
              moments.mean,
              moments.variance,
              compute.loop());
      return moments;
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return NormalizationInputs.outputShape(this, inputs, scale, center);
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    NormalizationInputs in = NormalizationInputs.of(inputs, scale, center);
    Moments moments = Moments.of(compute, in.x());
    move(in.movingMean(), moments.mean());
    move(in.movingVariance(), moments.variance());
    in.normalize(compute, moments.mean(), moments.variance(), epsilon, output);
  }

  @Override
  public void forwardAgain(Compute compute, List<Tensor> inputs, Tensor output) {
    NormalizationInputs in = NormalizationInputs.of(inputs, scale, center);
    Moments moments = Moments.of(compute, in.x());
    in.normalize(compute, moments.mean(), moments.variance(), epsilon, output);
  }

  private void move(Tensor average, float[] batch) {
    for (int c = 0; c < batch.length; c++) {
      int at = average.offset() + c;
      average.data()[at] = average.data()[at] * momentum + batch[c] * (1 - momentum);
    }
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    NormalizationInputs in = NormalizationInputs.of(inputs, scale, center);
    Moments moments = Moments.of(compute, in.x());
    int channels = moments.mean().length;
    Tensor gamma = in.gamma();
    Tensor dx = inputGradients.get(0);
    Tensor dGamma = scale ? inputGradients.get(1) : null;
    Tensor dBeta = center ? inputGradients.get(scale ? 2 : 1) : null;
    float[] gammaSums = dGamma == null ? null : new float[channels];
    float[] betaSums = dBeta == null ? null : new float[channels];
    compute
        .kernels()
        .batchNormalizationGradient(
            in.x().size() / channels,
            channels,
            epsilon,
            in.x().data(),
            in.x().offset(),
            moments.mean(),
            moments.variance(),
            gamma == null ? null : gamma.toArray(),
            outputGradient.data(),
            outputGradient.offset(),
            dx == null ? null : dx.data(),
            dx == null ? 0 : dx.offset(),
            gammaSums,
            betaSums,
            compute.loop());
    add(gammaSums, dGamma);
    add(betaSums, dBeta);
  }

  private static void add(float @Nullable [] sums, @Nullable Tensor gradient) {
    if (sums != null && gradient != null) {
      for (int c = 0; c < sums.length; c++) {
        gradient.data()[gradient.offset() + c] += sums[c];
      }
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return input == 0 || (scale && input == 1);
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}

package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers seen as [outer, inner, groups, width]: those of one outer place and one group are brought
 * to mean 0 and variance 1, then scaled and shifted by gamma and beta [groups, width], where there
 * are such.
 */
record NormalizedGroups(int outer, int inner, int groups, int width, float epsilon) {

  private int columns() {
    return groups * width;
  }

  /** Where the numbers of a set start, from the first of all; sets count by group within outer. */
  private int start(int set) {
    return set / groups * inner * columns() + set % groups * width;
  }

  private int sets() {
    return outer * groups;
  }

  private int grain() {
    return ParallelLoop.grain(8 * inner * width);
  }

  /** Mean and reciprocal deviation of a set, summed in its order. */
  private record Moments(double mean, double inverse) {}

  private Moments moments(Tensor x, int set) {
    int count = inner * width;
    double sum = 0;
    for (int r = 0; r < inner; r++) {
      int row = x.offset() + start(set) + r * columns();
      for (int i = 0; i < width; i++) {
        sum += x.data()[row + i];
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (int r = 0; r < inner; r++) {
      int row = x.offset() + start(set) + r * columns();
      for (int i = 0; i < width; i++) {
        double difference = x.data()[row + i] - mean;
        squares += difference * difference;
      }
    }
    return new Moments(mean, 1 / Math.sqrt(squares / count + epsilon));
  }

  private static double at(@Nullable Tensor tensor, int i, double otherwise) {
    return tensor == null ? otherwise : tensor.data()[tensor.offset() + i];
  }

  /**
   * Writes what has been normalized, scaled and shifted.
   *
   * @param inputs x, then gamma where {@code scale}, then beta where {@code center}
   */
  void forward(Compute compute, List<Tensor> inputs, boolean scale, boolean center, Tensor output) {
    Tensor x = inputs.get(0);
    Tensor gamma = scale ? inputs.get(1) : null;
    Tensor beta = center ? inputs.get(scale ? 2 : 1) : null;
    compute
        .loop()
        .forRange(
            sets(),
            grain(),
            (from, to) -> {
              for (int set = from; set < to; set++) {
                Moments moments = moments(x, set);
                int first = set % groups * width;
                for (int r = 0; r < inner; r++) {
                  int row = start(set) + r * columns();
                  for (int i = 0; i < width; i++) {
                    double normal =
                        (x.data()[x.offset() + row + i] - moments.mean) * moments.inverse;
                    output.data()[output.offset() + row + i] =
                        (float) (normal * at(gamma, first + i, 1) + at(beta, first + i, 0));
                  }
                }
              }
            });
  }

  /** Adds to those gradients that are asked for; inputs as {@link #forward}'s. */
  void backward(
      Compute compute,
      List<Tensor> inputs,
      boolean scale,
      boolean center,
      Tensor dy,
      List<@Nullable Tensor> gradients) {
    Tensor x = inputs.get(0);
    Tensor dx = gradients.get(0);
    if (dx != null) {
      inputGradient(compute, x, scale ? inputs.get(1) : null, dy, dx);
    }
    Tensor dGamma = scale ? gradients.get(1) : null;
    if (dGamma != null) {
      gammaGradient(compute, x, dy, dGamma);
    }
    if (center) {
      Gradient.bias(compute, dy, gradients.get(scale ? 2 : 1));
    }
  }

  /**
   * Adds to the gradient of x: with n the normalized x and g the gradient of n, {@code (g - mean(g)
   * - n mean(g n)) / deviation}.
   */
  private void inputGradient(
      Compute compute, Tensor x, @Nullable Tensor gamma, Tensor dy, Tensor dx) {
    compute
        .loop()
        .forRange(
            sets(),
            grain(),
            (from, to) -> {
              for (int set = from; set < to; set++) {
                addInputGradient(set, x, gamma, dy, dx);
              }
            });
  }

  private void addInputGradient(int set, Tensor x, @Nullable Tensor gamma, Tensor dy, Tensor dx) {
    Moments moments = moments(x, set);
    int first = set % groups * width;
    double sum = 0;
    double products = 0;
    for (int r = 0; r < inner; r++) {
      int row = start(set) + r * columns();
      for (int i = 0; i < width; i++) {
        double g = dy.data()[dy.offset() + row + i] * at(gamma, first + i, 1);
        sum += g;
        products += g * (x.data()[x.offset() + row + i] - moments.mean) * moments.inverse;
      }
    }
    int count = inner * width;
    for (int r = 0; r < inner; r++) {
      int row = start(set) + r * columns();
      for (int i = 0; i < width; i++) {
        double g = dy.data()[dy.offset() + row + i] * at(gamma, first + i, 1);
        double normal = (x.data()[x.offset() + row + i] - moments.mean) * moments.inverse;
        dx.data()[dx.offset() + row + i] +=
            (float) ((g - sum / count - normal * products / count) * moments.inverse);
      }
    }
  }

  /**
   * Adds to the gradient of gamma the sums of the gradient of the output times the normalized x.
   */
  private void gammaGradient(Compute compute, Tensor x, Tensor dy, Tensor dGamma) {
    compute
        .loop()
        .forRange(
            groups,
            ParallelLoop.grain(8 * outer * inner * width),
            (from, to) -> {
              for (int group = from; group < to; group++) {
                double[] sums = new double[width];
                for (int o = 0; o < outer; o++) {
                  int set = o * groups + group;
                  Moments moments = moments(x, set);
                  for (int r = 0; r < inner; r++) {
                    int row = start(set) + r * columns();
                    for (int i = 0; i < width; i++) {
                      sums[i] +=
                          dy.data()[dy.offset() + row + i]
                              * (x.data()[x.offset() + row + i] - moments.mean)
                              * moments.inverse;
                    }
                  }
                }
                for (int i = 0; i < width; i++) {
                  dGamma.data()[dGamma.offset() + group * width + i] += (float) sums[i];
                }
              }
            });
  }
}

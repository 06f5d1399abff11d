package io.github.lanewise.train;

import io.github.lanewise.kernels.ParallelLoop;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Makes gradients smaller before they are used, as {@code _clip_gradients} in {@code
 * keras/src/optimizers/base_optimizer.py}.
 *
 * @param limit the greatest absolute value or norm
 */
record GradientClipping(Rule rule, double limit) {

  /** What is limited; by Keras's names. */
  enum Rule {
    /** Each value. */
    CLIPVALUE,
    /** The Euclidean norm of each weight's gradient. */
    CLIPNORM,
    /** The Euclidean norm of all gradients as one vector. */
    GLOBAL_CLIPNORM;

    String kerasName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Elements whose squares are summed up together, whatever the number of threads. */
  private static final int STRETCH = 1 << 14;

  /** Clips the gradients of one step in place. The order of the gradients does not matter. */
  void clip(List<float[]> gradients, ParallelLoop loop) {
    switch (rule) {
      case CLIPVALUE -> {
        float bound = (float) limit;
        for (float[] gradient : gradients) {
          loop.forRange(
              gradient.length,
              STRETCH,
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  gradient[i] = Math.min(Math.max(gradient[i], -bound), bound);
                }
              });
        }
      }
      case CLIPNORM -> {
        for (float[] gradient : gradients) {
          scale(gradient, Math.sqrt(squares(gradient, loop)), loop);
        }
      }
      case GLOBAL_CLIPNORM -> {
        double[] squares = gradients.stream().mapToDouble(g -> squares(g, loop)).toArray();
        // Sorted, the sum is the same however the gradients were ordered.
        Arrays.sort(squares);
        double norm = Math.sqrt(Arrays.stream(squares).sequential().sum());
        for (float[] gradient : gradients) {
          // Keras makes all of it NaN where the norm is infinite.
          scale(gradient, Double.isInfinite(norm) ? Double.NaN : norm, loop);
        }
      }
    }
  }

  private void scale(float[] gradient, double norm, ParallelLoop loop) {
    if (norm <= limit) {
      return;
    }
    float factor = (float) (limit / norm);
    loop.forRange(
        gradient.length,
        STRETCH,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            gradient[i] *= factor;
          }
        });
  }

  private static double squares(float[] gradient, ParallelLoop loop) {
    double[] sums = new double[ParallelLoop.stretches(gradient.length, STRETCH)];
    loop.forRange(
        gradient.length,
        STRETCH,
        (from, to) -> {
          double sum = 0;
          for (int i = from; i < to; i++) {
            sum += (double) gradient[i] * gradient[i];
          }
          sums[from / STRETCH] = sum;
        });
    double all = 0;
    for (double sum : sums) {
      all += sum;
    }
    return all;
  }
}

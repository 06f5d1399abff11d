package io.github.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Moments of what ops add or multiply by, within five standard deviations of their estimates. */
class NoiseTest {

  private static final int N = 100_000;

  @Test
  void gaussianNoiseHasMeanZeroAndTheDeviationGiven() {
    assertNormal(apply(new GaussianNoise(0.5, 1), Tensor.full(Shape.of(N), 3)), 3, 0.5);
  }

  @Test
  void gaussianDropoutHasTheMeanAndVarianceOfDropout() {
    // The square root of 0.2 / (1 - 0.2), times 4.
    assertNormal(apply(new GaussianDropout(0.2, 2), Tensor.full(Shape.of(N), 4)), 4, 2);
  }

  private static void assertNormal(float[] values, double mean, double deviation) {
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    double neighbours = 0;
    double before = 0;
    for (float value : values) {
      double z = (value - mean) / deviation;
      sum += z;
      squares += z * z;
      fourths += z * z * z * z;
      neighbours += z * before;
      before = z;
    }
    // Variances of one z, z^2 and z^4: 1, 2 and 105 - 9; of a product of two 1.
    assertEquals(0, sum / N, 5 * Math.sqrt(1.0 / N), "mean");
    assertEquals(1, squares / N, 5 * Math.sqrt(2.0 / N), "variance");
    assertEquals(3, fourths / N, 5 * Math.sqrt(96.0 / N), "fourth moment");
    assertEquals(0, neighbours / N, 5 * Math.sqrt(1.0 / N), "correlation");
  }

  @Test
  void aChannelOfASampleIsDroppedAsAWholeOrNotAtAll() {
    int samples = 500;
    int pixels = 6;
    int channels = 40;
    float[] y =
        apply(
            new SpatialDropout(0.2, 3), Tensor.full(Shape.of(samples, 2, pixels / 2, channels), 1));
    int dropped = 0;
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < channels; c++) {
        float first = y[s * pixels * channels + c];
        dropped += first == 0 ? 1 : 0;
        for (int p = 0; p < pixels; p++) {
          assertEquals(first, y[(s * pixels + p) * channels + c]);
        }
        assertEquals(first == 0 ? 0 : 1.25f, first);
      }
    }
    double n = samples * channels;
    assertEquals(0.2, dropped / n, 5 * Math.sqrt(0.16 / n));
  }

  private static float[] apply(Op op, Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    op.forward(Compute.threads(2), List.of(x), y);
    return y.data();
  }
}

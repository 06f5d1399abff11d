package io.github.lanewise.nn;

import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.op.CounterRandom;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;

/** Tensors of random numbers that depend on seed, shape and place alone. */
final class Draws {

  /** Standard deviation of a standard normal distribution that is cut at -2 and 2. */
  private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  private static final int GRAIN = 16_384;

  /** The number at a place, of a stream of random numbers. */
  private interface Draw {
    double at(long stream, int index);
  }

  private Draws() {}

  static Tensor uniform(Shape shape, double limit, long seed) {
    return draw(shape, seed, (stream, i) -> (2 * CounterRandom.uniform(stream, i) - 1) * limit);
  }

  static Tensor truncatedNormal(Shape shape, double deviation, long seed) {
    double scale = deviation / TRUNCATED_DEVIATION;
    return draw(shape, seed, (stream, i) -> scale * truncated(CounterRandom.bits(stream, i)));
  }

  private static Tensor draw(Shape shape, long seed, Draw draw) {
    Tensor tensor = Tensor.zeros(shape);
    float[] values = tensor.data();
    long stream = seed ^ shape.hashCode();
    ParallelLoop.availableProcessors()
        .forRange(
            values.length,
            GRAIN,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                values[i] = (float) draw.at(stream, i);
              }
            });
    return tensor;
  }

  /** A standard normal number within two deviations, by Box and Muller with rejection. */
  private static double truncated(long stream) {
    for (long attempt = 0; ; attempt += 2) {
      double radius = Math.sqrt(-2 * Math.log(1 - CounterRandom.uniform(stream, attempt)));
      double value = radius * Math.cos(2 * Math.PI * CounterRandom.uniform(stream, attempt + 1));
      if (Math.abs(value) <= 2) {
        return value;
      }
    }
  }
}

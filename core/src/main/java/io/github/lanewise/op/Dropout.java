package io.github.lanewise.op;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inverted dropout (Srivastava et al. 2014): each element becomes 0 with probability {@code rate},
 * else is divided by {@code 1 - rate}. Whether an element is dropped is a function of the seed and
 * its index, so that backward finds the same elements, whatever the number of threads.
 *
 * @param rate from 0 inclusive to 1 exclusive
 * @param seed a new one for each step of training
 * @param noiseShape for each dimension {@link Shape#UNKNOWN} where it is as in the input, or its
 *     size, or 1 where elements are dropped together; empty where each is dropped by itself
 */
public record Dropout(double rate, long seed, List<Integer> noiseShape) implements Op {

  private static final int GRAIN = 16384;

  /** Drops each element by itself. */
  public Dropout(double rate, long seed) {
    this(rate, seed, List.of());
  }

  /**
   * An op with these hyper-parameters.
   *
   * @throws IllegalArgumentException if the rate is not from 0 to below 1
   */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "Dropout: expected a rate of at least 0 and below 1, found " + rate);
    }
    noiseShape = List.copyOf(noiseShape);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape x = ShapeRules.single(this, inputs);
    boolean fits = noiseShape.isEmpty() || noiseShape.size() == x.rank();
    for (int i = 0; fits && i < noiseShape.size(); i++) {
      int size = noiseShape.get(i);
      fits = size == Shape.UNKNOWN || size == 1 || size == x.dim(i) || x.dim(i) == Shape.UNKNOWN;
    }
    if (!fits) {
      throw new ShapeException(
          name() + ": expected an input that " + noiseShape + " stretches to, found " + x);
    }
    return x;
  }

  @Override
  public void forward(Compute compute, List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    float scale = scale();
    forEach(
        compute,
        x.shape(),
        (i, kept) ->
            output.data()[output.offset() + i] = kept ? x.data()[x.offset() + i] * scale : 0);
  }

  @Override
  public void backward(
      Compute compute,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dx = inputGradients.get(0);
    if (dx == null) {
      return;
    }
    float scale = scale();
    forEach(
        compute,
        dx.shape(),
        (i, kept) -> {
          if (kept) {
            dx.data()[dx.offset() + i] +=
                outputGradient.data()[outputGradient.offset() + i] * scale;
          }
        });
  }

  private float scale() {
    return (float) (1 / (1 - rate));
  }

  private interface Element {
    void take(int index, boolean kept);
  }

  private void forEach(Compute compute, Shape shape, Element element) {
    if (noiseShape.isEmpty()) {
      compute
          .loop()
          .forRange(
              shape.size(),
              GRAIN,
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  element.take(i, kept(i));
                }
              });
      return;
    }
    Shape noise = noise(shape);
    int columns = shape.dim(-1);
    int step = Broadcast.step(noise);
    compute
        .loop()
        .forRange(
            shape.size() / Math.max(1, columns),
            ParallelLoop.grain(columns),
            (from, to) -> {
              for (int row = from; row < to; row++) {
                int at = Broadcast.rowStart(noise, shape, row);
                for (int c = 0; c < columns; c++) {
                  element.take(row * columns + c, kept(at + c * step));
                }
              }
            });
  }

  private Shape noise(Shape shape) {
    int[] dims = shape.dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = noiseShape.get(i) == 1 ? 1 : dims[i];
    }
    return Shape.of(dims);
  }

  private boolean kept(int index) {
    return CounterRandom.uniform(seed, index) >= rate;
  }
}

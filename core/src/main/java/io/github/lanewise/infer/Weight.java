package io.github.lanewise.infer;

import io.github.lanewise.model.WeightReader;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an op of a plan takes behind its inputs: a weight of the model, or what was folded from
 * some. Its values are asked for when a step is made of them, so that those of a source are in
 * memory no longer than packing them takes. Safe for use by several threads.
 */
abstract class Weight {

  private final Shape shape;

  private Weight(Shape shape) {
    this.shape = shape;
  }

  Shape shape() {
    return shape;
  }

  /** Copies the values to the beginning of an array. */
  abstract void read(float[] to);

  /** The values for a step that keeps them as they are: the same tensor, however often asked. */
  abstract Tensor keep();

  /** A copy of the values. */
  float[] read() {
    float[] values = new float[shape.size()];
    read(values);
    return values;
  }

  /** A parameter's own value. */
  static Weight of(Parameter parameter) {
    return of(parameter.shape(), parameter::value);
  }

  /** Values that are there already. */
  static Weight of(Tensor values) {
    return of(values.shape(), () -> values);
  }

  private static Weight of(Shape shape, Supplier<Tensor> held) {
    return new Weight(shape) {
      @Override
      void read(float[] to) {
        Tensor values = held.get();
        System.arraycopy(values.data(), values.offset(), to, 0, values.size());
      }

      @Override
      Tensor keep() {
        return held.get();
      }
    };
  }

  /** What a reader has for a parameter; the reader is used until all steps are made. */
  static Weight of(Parameter parameter, WeightReader reader) {
    return new Weight(parameter.shape()) {
      private @Nullable Tensor kept;

      @Override
      void read(float[] to) {
        reader.read(parameter, to);
      }

      @Override
      synchronized Tensor keep() {
        if (kept == null) {
          kept = reader.read(parameter);
        }
        return kept;
      }
    };
  }

  /** The same values under another shape. */
  Weight reshape(Shape other) {
    Weight of = this;
    return new Weight(other) {
      @Override
      void read(float[] to) {
        of.read(to);
      }

      @Override
      Tensor keep() {
        return of.keep().reshape(other);
      }
    };
  }
}

package io.github.lanewise.nn;

import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** Checks of layers' arguments. */
final class Arguments {

  private Arguments() {}

  static void atLeast(int least, String argument, int... values) {
    for (int value : values) {
      if (value < least) {
        throw new IllegalArgumentException(
            argument + ": expected at least " + least + ", found " + value);
      }
    }
  }

  /** The argument {@code padding}: "valid" (the default) or "same". */
  static Padding padding(LayerConfig config) {
    String name = config.string("padding", "valid");
    for (Padding padding : Padding.values()) {
      if (padding.kerasName().equals(name)) {
        return padding;
      }
    }
    throw config.unexpected("padding", "same or valid", name);
  }

  /** The argument {@code axis}: one number, which Keras 2 also wrote as a list of one. */
  static int axis(LayerConfig config, int standard) {
    Object value = config.values().get("axis");
    if (value instanceof List<?> list && list.size() == 1) {
      return config.ints("axis", 1, standard)[0];
    }
    return config.integer("axis", standard);
  }

  /** Checks that an axis, if it counts from the end a negative one, is the last. */
  static void requireLast(String layer, int axis, Shape input) {
    if (axis != -1 && axis != input.rank() - 1) {
      throw new ShapeException(
          layer + ": expected the last axis, found " + axis + " of an input " + input);
    }
  }

  /**
   * Numbers for each channel: those given, or a single one for all.
   *
   * @throws ShapeException if there are neither as many as channels nor one
   */
  static Tensor repeated(double[] values, int channels) {
    if (values.length != 1 && values.length != channels) {
      throw new ShapeException(
          "expected numbers for " + channels + " channels, found " + values.length);
    }
    float[] all = new float[channels];
    for (int c = 0; c < channels; c++) {
      all[c] = (float) values[values.length == 1 ? 0 : c];
    }
    return Tensor.of(Shape.of(channels), all);
  }

  /** A border as top, bottom, left and right: of one number, of two, or of two pairs. */
  static int[] border(LayerConfig config, String argument) {
    List<?> sides = config.values().get(argument) instanceof List<?> list ? list : List.of();
    if (sides.size() == 2 && sides.get(0) instanceof List<?> && sides.get(1) instanceof List<?>) {
      int[] border = new int[4];
      for (int i = 0; i < border.length; i++) {
        List<?> pair = (List<?>) sides.get(i / 2);
        if (pair.size() != 2 || !(pair.get(i % 2) instanceof Long size)) {
          throw config.unexpected(argument, "two pairs of whole numbers", sides);
        }
        border[i] = Math.toIntExact(size);
      }
      return border;
    }
    int[] both = config.ints(argument, 2, 1);
    return new int[] {both[0], both[0], both[1], both[1]};
  }
}

package io.github.lanewise.nn;

import io.github.lanewise.op.BatchNormalization;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code scale x + offset}, by the same numbers everywhere or by those of each channel. */
public final class Rescaling extends Layer {

  private final double[] scale;
  private final double[] offset;
  private List<Parameter> byChannel = List.of();

  /** A layer with this factor and this offset. */
  public Rescaling(double scale, double offset) {
    this(new double[] {scale}, new double[] {offset});
  }

  /**
   * A layer with these factors and offsets.
   *
   * @param scale one number, or one for each element of the last dimension
   * @param offset likewise
   * @throws IllegalArgumentException if one is empty, or both have several numbers, but not as many
   */
  public Rescaling(double[] scale, double[] offset) {
    super(null);
    Arguments.atLeast(1, "number of scales and offsets", scale.length, offset.length);
    if (scale.length > 1 && offset.length > 1 && scale.length != offset.length) {
      throw new IllegalArgumentException(
          "offset: expected as many numbers as for scale, %d, found %d"
              .formatted(scale.length, offset.length));
    }
    this.scale = scale.clone();
    this.offset = offset.clone();
  }

  /** Names the layer. */
  public Rescaling name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    int channels = Math.max(scale.length, offset.length);
    if (channels > 1) {
      Shape x = inputs.get(0);
      if (x.rank() == 0 || x.dim(-1) != channels) {
        throw new ShapeException(
            "Rescaling: expected a last dimension of " + channels + ", found " + x);
      }
      byChannel =
          List.of(
              new Parameter("scale", Arguments.repeated(scale, channels), false),
              new Parameter("offset", Arguments.repeated(offset, channels), false),
              new Parameter("mean", Tensor.zeros(channels), false),
              new Parameter("variance", Tensor.full(Shape.of(channels), 1), false));
    }
    return List.of();
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(
        byChannel.isEmpty()
            ? new OpCall(new io.github.lanewise.op.Rescaling(scale[0], offset[0]))
            : new OpCall(new BatchNormalization(0, true, true), byChannel));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments("scale", stored(scale), "offset", stored(offset));
  }

  private static Object stored(double[] values) {
    return values.length == 1 ? values[0] : Arrays.stream(values).boxed().toList();
  }

  static Rescaling fromConfig(LayerConfig config) {
    return new Rescaling(config.reals("scale", 1), config.reals("offset", 0));
  }
}

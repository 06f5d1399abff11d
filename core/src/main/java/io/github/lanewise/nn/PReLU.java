package io.github.lanewise.nn;

import io.github.lanewise.op.Prelu;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code x} where positive, else {@code alpha x}, where alpha is learned.
 *
 * <p>Weight: alpha, of the shape of a sample with 1 for each shared dimension (zeros).
 */
public final class PReLU extends Layer {

  private int[] sharedAxes = {};
  private Initializer alphaInitializer = new Zeros();

  /** A layer with an alpha for each element of a sample. */
  public PReLU() {
    super(null);
  }

  /** The dimensions along which alpha is the same, from 1 on, the batch being 0; default none. */
  public PReLU sharedAxes(int... sharedAxes) {
    requireUnbuilt("shared_axes");
    Arguments.atLeast(1, "shared_axes", sharedAxes);
    this.sharedAxes = sharedAxes.clone();
    return this;
  }

  /** How alpha starts; default zeros. */
  public PReLU alphaInitializer(Initializer alphaInitializer) {
    requireUnbuilt("alpha_initializer");
    this.alphaInitializer = alphaInitializer;
    return this;
  }

  /** Names the layer. */
  public PReLU name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<Parameter> createParameters(List<Shape> inputs) {
    Shape x = inputs.get(0);
    int[] dims = x.withBatch(1).dims();
    for (int axis : sharedAxes) {
      if (axis >= dims.length) {
        throw new ShapeException(
            "PReLU: expected shared_axes below " + dims.length + ", found " + axis);
      }
      dims[axis] = 1;
    }
    if (dims.length < 2) {
      throw new ShapeException("PReLU: expected an input [n, ...], found " + x);
    }
    Shape shape = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    int fan = shape.size();
    return List.of(kernel("alpha", shape, fan, fan, alphaInitializer));
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(new Prelu(), parameters()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "alpha_initializer",
        StoredInitializer.config(alphaInitializer),
        "shared_axes",
        sharedAxes.length == 0 ? null : sharedAxes);
  }

  static PReLU fromConfig(LayerConfig config) {
    PReLU layer = new PReLU().sharedAxes(axes(config));
    Initializer stored = StoredInitializer.of(config, "alpha_initializer");
    if (stored != null) {
      layer.alphaInitializer = stored;
    } else if (config.has("alpha_initializer")) {
      layer.alphaInitializer = new GlorotUniform(0);
    }
    return layer;
  }

  private static int[] axes(LayerConfig config) {
    boolean one =
        config.has("shared_axes") && !(config.values().get("shared_axes") instanceof List);
    int count = one ? 1 : config.list("shared_axes").size();
    return config.ints("shared_axes", count, 1);
  }
}

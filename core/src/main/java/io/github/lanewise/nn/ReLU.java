package io.github.lanewise.nn;

import io.github.lanewise.op.Op;
import io.github.lanewise.op.Rectifier;
import io.github.lanewise.op.Relu;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rectifier: {@code max(x, 0)}, if not told otherwise. */
public final class ReLU extends Layer {

  private double maxValue = Double.POSITIVE_INFINITY;
  private double negativeSlope;
  private double threshold;

  /** A relu layer. */
  public ReLU() {
    super(null);
  }

  /** The largest output; default none. */
  public ReLU maxValue(double maxValue) {
    requireUnbuilt("max_value");
    this.maxValue = maxValue;
    return this;
  }

  /** The slope below the threshold; default 0. */
  public ReLU negativeSlope(double negativeSlope) {
    requireUnbuilt("negative_slope");
    this.negativeSlope = negativeSlope;
    return this;
  }

  /** From where on the output is the input; default 0. */
  public ReLU threshold(double threshold) {
    requireUnbuilt("threshold");
    this.threshold = threshold;
    return this;
  }

  /** Names the layer. */
  public ReLU name(String name) {
    assignName(name);
    return this;
  }

  @Override
  protected List<OpCall> calls(boolean training) {
    return List.of(new OpCall(op()));
  }

  @Override
  protected Map<String, @Nullable Object> arguments() {
    return LayerConfig.arguments(
        "max_value", maxValue == Double.POSITIVE_INFINITY ? null : maxValue,
        "negative_slope", negativeSlope,
        "threshold", threshold);
  }

  private Op op() {
    boolean plain = maxValue == Double.POSITIVE_INFINITY && negativeSlope == 0 && threshold == 0;
    return plain ? new Relu() : new Rectifier(negativeSlope, maxValue, threshold);
  }

  @Override
  public String autoNamePrefix() {
    return "re_lu";
  }

  static ReLU fromConfig(LayerConfig config) {
    return new ReLU()
        .maxValue(config.real("max_value", Double.POSITIVE_INFINITY))
        .negativeSlope(config.real("negative_slope", 0))
        .threshold(config.real("threshold", 0));
  }
}

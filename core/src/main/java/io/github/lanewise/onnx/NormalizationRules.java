package io.github.lanewise.onnx;

import io.github.lanewise.op.BatchNormalization;
import io.github.lanewise.op.GroupNormalization;
import io.github.lanewise.op.LayerNormalization;
import io.github.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.Map;

/** Normalizations; opset 13 has no layer or group normalization, so these are said in parts. */
final class NormalizationRules {

  private NormalizationRules() {}

  static void addTo(Rules rules) {
    rules.add(BatchNormalization.class, NormalizationRules::batch);
    rules.add(LayerNormalization.class, NormalizationRules::layer);
    rules.add(GroupNormalization.class, NormalizationRules::group);
  }

  private static Value batch(BatchNormalization op, Call call) {
    int channels = call.output().dim(-1);
    int statistics = (op.scale() ? 1 : 0) + (op.center() ? 1 : 0);
    return call.resultChannelsFirst(
        call.node(
            "BatchNormalization",
            Map.of("epsilon", op.epsilon()),
            call.channelsFirst().name(),
            op.scale() ? call.weight(0) : call.vector(channels, 1),
            op.center() ? call.weight(statistics - 1) : call.vector(channels, 0),
            call.weight(statistics),
            call.weight(statistics + 1)));
  }

  private static Value layer(LayerNormalization op, Call call) {
    long[] axes = new long[op.axes()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = (long) call.x().rank() - axes.length + i;
    }
    Map<String, Object> mean = Map.of("axes", axes, "keepdims", 1L);
    String x = call.channelsLast().name();
    String centred = call.node("Sub", x, call.node("ReduceMean", mean, x));
    String variance = call.node("ReduceMean", mean, call.node("Mul", centred, centred));
    String deviation = call.node("Sqrt", call.node("Add", variance, call.number(op.epsilon())));
    String normal = call.node("Div", centred, deviation);
    String scaled = op.scale() ? call.node("Mul", normal, call.weight(0)) : normal;
    return call.resultChannelsLast(
        op.center() ? call.node("Add", scaled, call.weight(op.scale() ? 1 : 0)) : scaled);
  }

  /** Channels of a group lie side by side in ONNX: an instance normalization of the groups. */
  private static Value group(GroupNormalization op, Call call) {
    Shape x = call.x().shape();
    int groups = op.groups();
    String grouped = call.reshaped(call.channelsFirst().name(), groups, x.sizeOfRow() / groups);
    String normal =
        call.node(
            "InstanceNormalization",
            Map.of("epsilon", op.epsilon()),
            grouped,
            call.vector(groups, 1),
            call.vector(groups, 0));
    int[] sample = new int[x.rank() - 1];
    sample[0] = x.dim(-1);
    for (int i = 1; i < sample.length; i++) {
      sample[i] = x.dim(i);
    }
    String result = call.reshaped(normal, sample);
    Arrays.fill(sample, 1, sample.length, 1);
    Shape perChannel = Shape.of(sample);
    if (op.scale()) {
      result = call.node("Mul", result, call.weight(0, perChannel));
    }
    if (op.center()) {
      result = call.node("Add", result, call.weight(op.scale() ? 1 : 0, perChannel));
    }
    return call.resultChannelsFirst(result);
  }
}

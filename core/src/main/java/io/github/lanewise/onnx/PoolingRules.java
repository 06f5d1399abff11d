package io.github.lanewise.onnx;

import io.github.lanewise.kernels.Pool2dGeometry;
import io.github.lanewise.op.AveragePool2d;
import io.github.lanewise.op.GlobalAveragePool2d;
import io.github.lanewise.op.GlobalMaxPool2d;
import io.github.lanewise.op.MaxPool2d;
import java.util.HashMap;
import java.util.Map;

/** Pooling: windows as in ONNX, where padding counts in no average either. */
final class PoolingRules {

  private PoolingRules() {}

  static void addTo(Rules rules) {
    rules.add(
        MaxPool2d.class,
        (op, call) -> windows("MaxPool", windows(op.geometry(call.x().shape())), call));
    rules.add(
        AveragePool2d.class,
        (op, call) -> {
          Map<String, Object> attributes = windows(op.geometry(call.x().shape()));
          attributes.put("count_include_pad", 0L);
          return windows("AveragePool", attributes, call);
        });
    rules.add(GlobalMaxPool2d.class, (op, call) -> global("GlobalMaxPool", op.keepdims(), call));
    rules.add(
        GlobalAveragePool2d.class, (op, call) -> global("GlobalAveragePool", op.keepdims(), call));
  }

  private static Map<String, Object> windows(Pool2dGeometry g) {
    long bottom = (g.outputHeight() - 1L) * g.strideHeight() + g.poolHeight() - g.inputHeight();
    long right = (g.outputWidth() - 1L) * g.strideWidth() + g.poolWidth() - g.inputWidth();
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("kernel_shape", new long[] {g.poolHeight(), g.poolWidth()});
    attributes.put("strides", new long[] {g.strideHeight(), g.strideWidth()});
    attributes.put(
        "pads",
        new long[] {
          g.padTop(),
          g.padLeft(),
          Math.max(0, bottom - g.padTop()),
          Math.max(0, right - g.padLeft())
        });
    return attributes;
  }

  private static Value windows(String type, Map<String, Object> attributes, Call call) {
    return call.resultChannelsFirst(call.node(type, attributes, call.channelsFirst().name()));
  }

  private static Value global(String type, boolean keepdims, Call call) {
    String pooled = call.node(type, call.channelsFirst().name());
    return keepdims
        ? call.resultChannelsFirst(pooled)
        : call.resultChannelsLast(call.node("Flatten", Map.of("axis", 1L), pooled));
  }
}

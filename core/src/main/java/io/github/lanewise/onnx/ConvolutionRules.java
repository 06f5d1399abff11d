package io.github.lanewise.onnx;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.op.Conv1d;
import io.github.lanewise.op.Conv2d;
import io.github.lanewise.op.Conv2dTranspose;
import io.github.lanewise.op.Dense;
import io.github.lanewise.op.DepthwiseConv1d;
import io.github.lanewise.op.DepthwiseConv2d;
import io.github.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Convolutions, whose filters ONNX has as [filters, channels, ...], and products with matrices. */
final class ConvolutionRules {

  private ConvolutionRules() {}

  static void addTo(Rules rules) {
    rules.add(Conv2d.class, (op, call) -> conv2d(op, call, call.parameters().get(0).shape()));
    rules.add(DepthwiseConv2d.class, ConvolutionRules::depthwise2d);
    rules.add(Conv1d.class, (op, call) -> conv1d(op, call, call.parameters().get(0).shape()));
    rules.add(DepthwiseConv1d.class, ConvolutionRules::depthwise1d);
    rules.add(Conv2dTranspose.class, ConvolutionRules::transpose);
    rules.add(Dense.class, (op, call) -> dense(call));
  }

  private static Value conv2d(Conv2d op, Call call, Shape kernel) {
    Conv2dGeometry g = op.geometry(call.x().shape(), kernel);
    Map<String, Object> attributes =
        Map.of(
            "kernel_shape", longs(g.filterHeight(), g.filterWidth()),
            "strides", longs(g.strideHeight(), g.strideWidth()),
            "dilations", longs(g.dilationHeight(), g.dilationWidth()),
            "pads", longs(g.padTop(), g.padLeft(), bottom(g), right(g)),
            "group", (long) op.groups());
    return convolution(call, attributes, call.weight(0, kernel, 3, 2, 0, 1));
  }

  private static Value conv1d(Conv1d op, Call call, Shape kernel) {
    Shape x = call.x().shape();
    Shape row = Shape.of(x.dim(0), 1, x.dim(1), x.dim(2));
    Conv2dGeometry g = op.onRows().geometry(row, kernel.prepend(1));
    Map<String, Object> attributes =
        Map.of(
            "kernel_shape", longs(g.filterWidth()),
            "strides", longs(g.strideWidth()),
            "dilations", longs(g.dilationWidth()),
            "pads", longs(g.padLeft(), right(g)),
            "group", (long) op.groups());
    return convolution(call, attributes, call.weight(0, kernel, 2, 1, 0));
  }

  private static Value depthwise2d(DepthwiseConv2d op, Call call) {
    Shape kernel = call.parameters().get(0).shape();
    int channels = kernel.dim(2);
    Conv2d grouped =
        new Conv2d(
            op.strideHeight(),
            op.strideWidth(),
            op.padding(),
            op.dilationHeight(),
            op.dilationWidth(),
            channels);
    return conv2d(
        grouped, call, Shape.of(kernel.dim(0), kernel.dim(1), 1, channels * kernel.dim(3)));
  }

  private static Value depthwise1d(DepthwiseConv1d op, Call call) {
    Shape kernel = call.parameters().get(0).shape();
    int channels = kernel.dim(1);
    Conv1d grouped = new Conv1d(op.stride(), op.padding(), op.dilation(), channels);
    return conv1d(grouped, call, Shape.of(kernel.dim(0), 1, channels * kernel.dim(2)));
  }

  /** What the convolution that it is the gradient of reaches beyond the output is padding. */
  private static Value transpose(Conv2dTranspose op, Call call) {
    Shape kernel = call.parameters().get(0).shape();
    Conv2dGeometry g =
        new Conv2d(op.strideHeight(), op.strideWidth(), op.padding(), 1, 1, 1)
            .geometry(call.output(), kernel);
    long unreachedRows = Math.max(0, g.inputHeight() - (g.reachedHeight() - g.padTop()));
    long unreachedColumns = Math.max(0, g.inputWidth() - (g.reachedWidth() - g.padLeft()));
    Map<String, Object> attributes =
        Map.of(
            "kernel_shape", longs(g.filterHeight(), g.filterWidth()),
            "strides", longs(g.strideHeight(), g.strideWidth()),
            "pads", longs(g.padTop(), g.padLeft(), bottom(g), right(g)),
            "output_padding", longs(unreachedRows, unreachedColumns));
    List<String> inputs = new ArrayList<>(List.of(call.channelsFirst().name()));
    inputs.add(call.weight(0, kernel, 3, 2, 0, 1));
    addBias(call, inputs);
    return call.resultChannelsFirst(
        call.node("ConvTranspose", attributes, inputs.toArray(String[]::new)));
  }

  private static Value convolution(Call call, Map<String, Object> attributes, String filter) {
    List<String> inputs = new ArrayList<>(List.of(call.channelsFirst().name(), filter));
    addBias(call, inputs);
    return call.resultChannelsFirst(call.node("Conv", attributes, inputs.toArray(String[]::new)));
  }

  private static void addBias(Call call, List<String> inputs) {
    if (call.parameters().size() > 1) {
      inputs.add(call.weight(1));
    }
  }

  private static Value dense(Call call) {
    String x = call.channelsLast().name();
    String kernel = call.weight(0);
    boolean bias = call.parameters().size() > 1;
    if (call.x().rank() == 2) {
      return call.resultChannelsLast(
          bias ? call.node("Gemm", x, kernel, call.weight(1)) : call.node("MatMul", x, kernel));
    }
    String product = call.node("MatMul", x, kernel);
    return call.resultChannelsLast(bias ? call.node("Add", product, call.weight(1)) : product);
  }

  private static long bottom(Conv2dGeometry g) {
    return Math.max(0, g.reachedHeight() - g.inputHeight() - g.padTop());
  }

  private static long right(Conv2dGeometry g) {
    return Math.max(0, g.reachedWidth() - g.inputWidth() - g.padLeft());
  }

  private static long[] longs(long... values) {
    return values;
  }
}

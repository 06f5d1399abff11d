package io.github.lanewise.onnx;

import io.github.lanewise.op.Concat;
import io.github.lanewise.op.Cropping2d;
import io.github.lanewise.op.Flatten;
import io.github.lanewise.op.FromRow;
import io.github.lanewise.op.Identity;
import io.github.lanewise.op.Permute;
import io.github.lanewise.op.RepeatVector;
import io.github.lanewise.op.Reshape;
import io.github.lanewise.op.Resize2d;
import io.github.lanewise.op.ToRow;
import io.github.lanewise.op.UpSampling2d;
import io.github.lanewise.op.ZeroPadding2d;
import io.github.lanewise.tensor.Shape;
import java.util.List;
import java.util.Map;

/** What moves numbers, repeats them or leaves some out. */
final class ShapeRules {

  private ShapeRules() {}

  static void addTo(Rules rules) {
    rules.add(Identity.class, (op, call) -> call.x());
    rules.add(Flatten.class, (op, call) -> reshape(call));
    rules.add(Reshape.class, (op, call) -> reshape(call));
    rules.add(ToRow.class, (op, call) -> withAxis("Unsqueeze", call));
    rules.add(FromRow.class, (op, call) -> withAxis("Squeeze", call));
    rules.add(Permute.class, ShapeRules::permute);
    rules.add(RepeatVector.class, ShapeRules::repeat);
    rules.add(Concat.class, ShapeRules::concat);
    rules.add(ZeroPadding2d.class, ShapeRules::pad);
    rules.add(Cropping2d.class, ShapeRules::crop);
    rules.add(
        UpSampling2d.class,
        (op, call) -> op.bilinear() ? bilinear(call) : repeated(op.height(), op.width(), call));
    rules.add(Resize2d.class, (op, call) -> op.bilinear() ? bilinear(call) : nearest(call));
  }

  private static Value reshape(Call call) {
    int[] sample = call.output().withoutBatch().dims();
    return call.resultChannelsLast(call.reshaped(call.channelsLast().name(), sample));
  }

  /** A dimension of 1, the height, comes or goes. */
  private static Value withAxis(String type, Call call) {
    long axis = call.x().channelsFirst() ? 2 : 1;
    return call.result(call.node(type, call.x().name(), call.longs("axes", axis)));
  }

  private static Value permute(Permute op, Call call) {
    long[] order = new long[op.dims().size() + 1];
    for (int i = 1; i < order.length; i++) {
      order[i] = op.dims().get(i - 1);
    }
    return call.resultChannelsLast(
        call.node("Transpose", Map.of("perm", order), call.channelsLast().name()));
  }

  private static Value repeat(RepeatVector op, Call call) {
    String vector = call.node("Unsqueeze", call.x().name(), call.longs("axes", 1));
    return call.resultChannelsLast(call.node("Tile", vector, call.longs("repeats", 1, op.n(), 1)));
  }

  private static Value concat(Concat op, Call call) {
    List<Value> values = call.alike();
    Map<String, Object> attributes = Map.of("axis", (long) values.get(0).axis(op.axis()));
    String[] names = values.stream().map(Value::name).toArray(String[]::new);
    return call.result(call.node("Concat", attributes, names), values.get(0));
  }

  /** What the border is filled with, {@link KeepPadding} says. */
  private static Value pad(ZeroPadding2d op, Call call) {
    String pads = call.longs("pads", 0, 0, op.top(), op.left(), 0, 0, op.bottom(), op.right());
    return call.resultChannelsFirst(call.node("Pad", call.channelsFirst().name(), pads));
  }

  private static Value crop(Cropping2d op, Call call) {
    Shape y = call.output();
    return call.resultChannelsFirst(
        call.node(
            "Slice",
            call.channelsFirst().name(),
            call.longs("starts", op.top(), op.left()),
            call.longs("ends", op.top() + y.dim(1), op.left() + y.dim(2)),
            call.longs("axes", 2, 3)));
  }

  private static Value repeated(int rows, int columns, Call call) {
    return resize(
        Map.of(
            "mode", "nearest",
            "coordinate_transformation_mode", "asymmetric",
            "nearest_mode", "floor"),
        rows,
        columns,
        call);
  }

  private static Value bilinear(Call call) {
    Shape x = call.x().shape();
    Shape y = call.output();
    return resize(
        Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel"),
        factor(x.dim(1), y.dim(1)),
        factor(x.dim(2), y.dim(2)),
        call);
  }

  /** The least float whose product with the input's size is not below the output's. */
  private static float factor(int input, int output) {
    float factor = (float) output / input;
    return (double) factor * input < output ? Math.nextUp(factor) : factor;
  }

  private static Value resize(Map<String, Object> attributes, float down, float across, Call call) {
    String scales = call.floats("scales", 1, 1, down, across);
    return call.resultChannelsFirst(
        call.node("Resize", attributes, call.channelsFirst().name(), "", scales));
  }

  /** The pixel into which a centre falls, by index: no two engines need round alike. */
  private static Value nearest(Call call) {
    Shape x = call.x().shape();
    Shape y = call.output();
    String rows =
        call.node(
            "Gather",
            Map.of("axis", 2L),
            call.channelsFirst().name(),
            call.longs("rows", places(x.dim(1), y.dim(1))));
    return call.resultChannelsFirst(
        call.node(
            "Gather", Map.of("axis", 3L), rows, call.longs("columns", places(x.dim(2), y.dim(2)))));
  }

  /** As {@code op.Resampling} chooses them. */
  private static long[] places(int input, int output) {
    long[] places = new long[output];
    for (int i = 0; i < output; i++) {
      places[i] = Math.min(input - 1, (int) ((i + 0.5f) * ((float) input / output)));
    }
    return places;
  }
}

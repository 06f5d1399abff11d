package io.github.lanewise.onnx;

import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One call of an op in a model, for the rule that turns it into nodes.
 *
 * @param graph gets the nodes
 * @param layer the layer's name; names of nodes and constants start with it
 * @param inputs the values that the op takes
 * @param parameters what it takes behind these
 * @param output the shape of the result, channels last
 */
record Call(
    OnnxGraph graph, String layer, List<Value> inputs, List<Parameter> parameters, Shape output) {

  /** The first input, its channels where they are. */
  Value x() {
    return inputs.get(0);
  }

  /** The first input, its channels right after the batch. */
  Value channelsFirst() {
    return graph.channelsFirst(x());
  }

  /** The first input, its channels last. */
  Value channelsLast() {
    return graph.channelsLast(x());
  }

  /** The inputs, then the parameters, all with their channels at one place, which costs least. */
  List<Value> alike() {
    List<Value> values = new ArrayList<>(inputs);
    for (int i = 0; i < parameters.size(); i++) {
      values.add(new Value(weight(i), parameters.get(i).shape(), false));
    }
    boolean first = values.stream().anyMatch(Value::channelsFirst);
    return values.stream()
        .map(v -> first ? graph.channelsFirst(v) : graph.channelsLast(v))
        .toList();
  }

  /** Adds a node of one or more inputs; the name of its value. */
  String node(String type, Map<String, Object> attributes, String... names) {
    return graph.node(layer + "/" + type, type, attributes, List.of(names));
  }

  /** Adds a node without attributes. */
  String node(String type, String... names) {
    return node(type, Map.of(), names);
  }

  /** The result, its channels where those of this value are. */
  Value result(String name, Value like) {
    return new Value(name, output, like.channelsFirst());
  }

  /** The result, its channels where those of the first input are. */
  Value result(String name) {
    return result(name, x());
  }

  /** The result, its channels right after the batch. */
  Value resultChannelsFirst(String name) {
    return new Value(name, output, output.rank() > 2);
  }

  /** The result, its channels last. */
  Value resultChannelsLast(String name) {
    return new Value(name, output, false);
  }

  /** A parameter as it is. */
  String weight(int parameter) {
    return weight(parameter, parameters.get(parameter).shape());
  }

  /** A parameter, seen as of this shape, with its dimensions in this order, where one is given. */
  String weight(int parameter, Shape seenAs, int... order) {
    Parameter of = parameters.get(parameter);
    List<Object> key = List.of(of, seenAs, Arrays.stream(order).boxed().toList());
    String name = layer + "/" + of.name();
    return graph.constant(key, name, () -> initializer(of.value(), seenAs, order));
  }

  private static Initializer initializer(Tensor tensor, Shape shape, int... order) {
    if (order.length == 0) {
      return Initializer.of(tensor.data(), tensor.offset(), shape.dims());
    }
    int[] dims = new int[order.length];
    int[] strides = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = shape.dim(order[i]);
      strides[i] = 1;
      for (int inner = order[i] + 1; inner < shape.rank(); inner++) {
        strides[i] *= shape.dim(inner);
      }
    }
    float[] ordered = new float[tensor.size()];
    for (int i = 0; i < ordered.length; i++) {
      int from = tensor.offset();
      int rest = i;
      for (int d = dims.length - 1; d >= 0; d--) {
        from += rest % dims[d] * strides[d];
        rest /= dims[d];
      }
      ordered[i] = tensor.data()[from];
    }
    return Initializer.of(ordered, 0, dims);
  }

  /** A number. */
  String number(double value) {
    return graph.number((float) value);
  }

  /** A vector of one number. */
  String vector(int size, float value) {
    return graph.constant(
        List.of(size, value),
        size + " times " + value,
        () -> {
          float[] numbers = new float[size];
          Arrays.fill(numbers, value);
          return Initializer.of(numbers, 0, size);
        });
  }

  /** Floats that this call alone needs. */
  String floats(String what, float... values) {
    return graph.constant(layer + "/" + what, Initializer.of(values, 0, values.length));
  }

  /** Whole numbers that this call alone needs. */
  String longs(String what, long... values) {
    return graph.constant(layer + "/" + what, Initializer.of(values));
  }

  /** A name of a value under another shape of samples, whatever the batch. */
  String reshaped(String name, int... sample) {
    long[] dims = new long[sample.length + 1];
    dims[0] = -1;
    for (int i = 0; i < sample.length; i++) {
      dims[i + 1] = sample[i];
    }
    return node("Reshape", name, longs("shape", dims));
  }
}

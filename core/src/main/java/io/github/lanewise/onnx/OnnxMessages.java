package io.github.lanewise.onnx;

import io.github.lanewise.protobuf.Protobuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;

/** The messages of {@code onnx/onnx.proto3} (ONNX 1.8), with its field numbers. */
final class OnnxMessages {

  static final int OPSET = 13;

  /** The version of the format that came with {@link #OPSET}. */
  private static final int IR_VERSION = 7;

  /** The name of the free dimension. */
  private static final String BATCH = "batch";

  /** {@code TensorProto.DataType}. */
  private static final int FLOAT = 1;

  private static final int INT64 = 7;

  /** {@code AttributeProto.AttributeType}. */
  private static final int ATTRIBUTE_FLOAT = 1;

  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_STRING = 3;
  private static final int ATTRIBUTE_INTS = 7;

  private OnnxMessages() {}

  /** A {@code ModelProto}. */
  static Protobuf model(String name, OnnxGraph graph) {
    Protobuf opset = new Protobuf().string(1, "").varint(2, OPSET);
    return new Protobuf()
        .varint(1, IR_VERSION)
        .string(2, "lanewise")
        .message(7, graph(name, graph))
        .message(8, opset);
  }

  private static Protobuf graph(String name, OnnxGraph graph) {
    Protobuf message = new Protobuf();
    graph.nodes.forEach(n -> message.message(1, node(n)));
    message.string(2, name);
    graph.initializers.forEach((n, i) -> message.message(5, tensor(n, i)));
    graph.inputs.forEach(v -> message.message(11, value(v)));
    graph.outputs.forEach(v -> message.message(12, value(v)));
    return message;
  }

  private static Protobuf node(OnnxNode node) {
    Protobuf message = new Protobuf();
    node.inputs().forEach(i -> message.string(1, i));
    message.string(2, node.output()).string(3, node.output()).string(4, node.type());
    new TreeMap<>(node.attributes()).forEach((n, v) -> message.message(5, attribute(n, v)));
    return message;
  }

  private static Protobuf attribute(String name, Object value) {
    Protobuf message = new Protobuf().string(1, name);
    if (value instanceof Float f) {
      return message.fixed32(2, f).varint(20, ATTRIBUTE_FLOAT);
    }
    if (value instanceof Long i) {
      return message.varint(3, i).varint(20, ATTRIBUTE_INT);
    }
    if (value instanceof String s) {
      return message.string(4, s).varint(20, ATTRIBUTE_STRING);
    }
    for (long i : (long[]) value) {
      message.varint(8, i);
    }
    return message.varint(20, ATTRIBUTE_INTS);
  }

  private static Protobuf tensor(String name, Initializer value) {
    Protobuf message = new Protobuf();
    for (int dim : value.dims()) {
      message.varint(1, dim);
    }
    message.varint(2, value.whole() ? INT64 : FLOAT).string(8, name);
    return value.whole()
        ? message.bytes(9, littleEndian(value.longs()))
        : message.floatBytes(9, value.floats(), value.offset(), value.size());
  }

  private static byte[] littleEndian(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return bytes.array();
  }

  /** A {@code ValueInfoProto} of floats, its first dimension free. */
  private static Protobuf value(Value value) {
    Protobuf shape = new Protobuf().message(1, new Protobuf().string(2, BATCH));
    for (int dim : value.shape().withoutBatch().dims()) {
      shape.message(1, new Protobuf().varint(1, dim));
    }
    Protobuf tensor = new Protobuf().varint(1, FLOAT).message(2, shape);
    return new Protobuf().string(1, value.name()).message(2, new Protobuf().message(1, tensor));
  }
}

package io.github.lanewise.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads ONNX files by onnx.proto3's field numbers, sharing nothing with what writes them. */
final class OnnxReader {

  /** A {@code NodeProto}. */
  record Node(
      String type, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {

    @Override
    public String toString() {
      return attributes.isEmpty() ? type : type + attributes;
    }
  }

  /** A {@code TensorProto}; {@code values} is a {@code float[]} or a {@code long[]}. */
  record Constant(List<Long> dims, Object values) {
    float[] floats() {
      return (float[]) values;
    }
  }

  /** A {@code ModelProto}: shapes by name, {@code batch[4, 5]} for a free first dimension. */
  record Model(
      long irVersion,
      String producer,
      Map<String, Long> opsets,
      String graph,
      List<Node> nodes,
      Map<String, Constant> constants,
      Map<String, String> inputs,
      Map<String, String> outputs) {

    Node node(String type) {
      return nodes.stream().filter(n -> n.type().equals(type)).findFirst().orElseThrow();
    }

    List<String> types() {
      return nodes.stream().map(Node::type).toList();
    }

    /** The constant that a node takes. */
    Constant constant(Node node, int input) {
      Constant constant = constants.get(node.inputs().get(input));
      if (constant == null) {
        throw new AssertionError(node + " takes no constant as its input " + input);
      }
      return constant;
    }
  }

  private final Map<Integer, List<Object>> fields = new TreeMap<>();

  private OnnxReader(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      Object value =
          switch (key & 7) {
            case 0 -> varint(in);
            case 2 -> {
              byte[] bytes = new byte[(int) varint(in)];
              in.get(bytes);
              yield bytes;
            }
            case 5 -> in.getFloat();
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      fields.computeIfAbsent(key >> 3, k -> new ArrayList<>()).add(value);
    }
  }

  static Model read(byte[] file) {
    OnnxReader model = new OnnxReader(file);
    OnnxReader graph = model.messages(7).get(0);
    Map<String, Long> opsets = new TreeMap<>();
    model.messages(8).forEach(o -> opsets.put(o.text(1), o.number(2)));
    Map<String, Constant> constants = new LinkedHashMap<>();
    graph.messages(5).forEach(t -> constants.put(t.text(8), t.constant()));
    return new Model(
        model.number(1),
        model.text(2),
        opsets,
        graph.text(2),
        graph.messages(1).stream().map(OnnxReader::node).toList(),
        constants,
        graph.values(11),
        graph.values(12));
  }

  private Node node() {
    Map<String, Object> attributes = new TreeMap<>();
    messages(5).forEach(a -> attributes.put(a.text(1), a.attribute()));
    return new Node(text(4), texts(1), texts(2), attributes);
  }

  private Object attribute() {
    return switch ((int) number(20)) {
      case 1 -> fields.get(2).get(0);
      case 2 -> number(3);
      case 3 -> text(4);
      case 7 -> fields.get(8);
      default -> throw new AssertionError("attribute type " + number(20));
    };
  }

  private Constant constant() {
    List<Long> dims = fields.getOrDefault(1, List.of()).stream().map(d -> (Long) d).toList();
    ByteBuffer raw = ByteBuffer.wrap((byte[]) fields.get(9).get(0)).order(ByteOrder.LITTLE_ENDIAN);
    long count = dims.stream().reduce(1L, (a, b) -> a * b);
    if (number(2) == 1) {
      float[] floats = new float[raw.remaining() / 4];
      raw.asFloatBuffer().get(floats);
      require(count == floats.length && raw.remaining() == 4 * count, "floats of " + dims);
      return new Constant(dims, floats);
    }
    require(number(2) == 7, "data type " + number(2));
    long[] longs = new long[raw.remaining() / 8];
    raw.asLongBuffer().get(longs);
    require(count == longs.length, "longs of " + dims);
    return new Constant(dims, longs);
  }

  private Map<String, String> values(int field) {
    Map<String, String> values = new LinkedHashMap<>();
    for (OnnxReader value : messages(field)) {
      OnnxReader tensor = value.messages(2).get(0).messages(1).get(0);
      require(tensor.number(1) == 1, "element type " + tensor.number(1));
      StringBuilder shape = new StringBuilder();
      List<Long> sizes = new ArrayList<>();
      for (OnnxReader dim : tensor.messages(2).get(0).messages(1)) {
        if (dim.fields.containsKey(2)) {
          shape.append(dim.text(2));
        } else {
          sizes.add(dim.number(1));
        }
      }
      values.put(value.text(1), shape.append(sizes).toString());
    }
    return values;
  }

  private List<OnnxReader> messages(int field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(m -> new OnnxReader((byte[]) m))
        .toList();
  }

  private List<String> texts(int field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(t -> new String((byte[]) t, StandardCharsets.UTF_8))
        .toList();
  }

  private String text(int field) {
    List<String> texts = texts(field);
    require(texts.size() == 1, "texts in field " + field + ": " + texts);
    return texts.get(0);
  }

  private long number(int field) {
    List<Object> numbers = fields.getOrDefault(field, List.of());
    require(numbers.size() == 1, "numbers in field " + field + ": " + numbers);
    return (Long) numbers.get(0);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 127L) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}

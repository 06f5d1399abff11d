package io.github.lanewise.hdf5;

import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.LayerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic within a graph, {@code x * 2.0}, which each version of Keras writes in its own way and
 * which all become {@code TFOpLambda} here:
 *
 * <ul>
 *   <li>{@code TensorFlowOpLayer} of TensorFlow 2.0 to 2.3, with a node's definition and constants
 *       by their places ({@code tensorflow/python/keras/engine/base_layer.py});
 *   <li>{@code TFOpLambda} of Keras 2.4 to 2.15, with a function's name; constants are among the
 *       arguments of its call ({@code keras/src/layers/core/tf_op_layer.py});
 *   <li>{@code Operation} of Keras 3, classes of the module {@code keras.src.ops.numpy}; constants
 *       are among the arguments of its call ({@code keras/src/ops/operation.py}).
 * </ul>
 */
final class OperationDialect {

  /** The class of such layers here. */
  static final String CLASS = "TFOpLambda";

  /** The module of Keras 3's operations. */
  static final String MODULE = "keras.src.ops.numpy";

  private static final String TENSORFLOW_LAYER = "TensorFlowOpLayer";

  private static final Map<String, String> NODES =
      Map.of(
          "Add", "math.add",
          "AddV2", "math.add",
          "Sub", "math.subtract",
          "Mul", "math.multiply",
          "RealDiv", "math.truediv",
          "Maximum", "math.maximum",
          "Minimum", "math.minimum",
          "Neg", "math.negative");

  private static final Map<String, String> OPERATIONS =
      Map.of(
          "Add", "math.add",
          "Subtract", "math.subtract",
          "Multiply", "math.multiply",
          "TrueDivide", "math.truediv",
          "Divide", "math.divide",
          "Maximum", "math.maximum",
          "Minimum", "math.minimum",
          "Negative", "math.negative");

  private OperationDialect() {}

  /**
   * The configuration of a layer that is arithmetic, the constants of its calls included; null for
   * any other layer. Of Keras 3's other operations the class is called by its module too, so that
   * none is taken for the layer of its name.
   *
   * @throws ConfigException if the layer is called with other constants each time
   */
  static @Nullable LayerConfig config(Map<?, ?> layer, String scope) {
    String className = String.valueOf(layer.get("class_name"));
    String module = layer.get("module") instanceof String s ? s : "";
    boolean operation = module.startsWith("keras.src.ops.");
    if (!operation && !className.equals(CLASS) && !className.equals(TENSORFLOW_LAYER)) {
      return null;
    }
    Map<?, ?> arguments = ConfigObjects.object(layer, "config", "layer");
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", ConfigObjects.name(scope, layer.get("name") == null ? arguments : layer));
    values.put("trainable", arguments.get("trainable"));
    if (operation && !(module.equals(MODULE) && OPERATIONS.containsKey(className))) {
      return LayerConfig.of(module.substring("keras.src.".length()) + "." + className, values);
    }
    Object function = arguments.get("function");
    if (operation) {
      function = OPERATIONS.get(className);
    } else if (className.equals(TENSORFLOW_LAYER)) {
      Object node = ConfigObjects.object(arguments, "node_def", "layer").get("op");
      function = NODES.getOrDefault(String.valueOf(node), String.valueOf(node));
      if (arguments.get("constants") instanceof Map<?, ?> constants) {
        values.put("x", constants.get("0"));
        values.put("y", constants.get("1"));
      }
    }
    values.put("function", function);
    values.putAll(constants(layer, String.valueOf(values.get("name"))));
    return LayerConfig.of(CLASS, values);
  }

  private static Map<String, Object> constants(Map<?, ?> layer, String name) {
    List<InboundNode> calls = InboundNode.all(layer.get("inbound_nodes"));
    Map<String, Object> first = calls.isEmpty() ? Map.of() : calls.get(0).constants();
    for (InboundNode call : calls) {
      if (!call.constants().equals(first)) {
        throw new ConfigException(
            "Layer '"
                + name
                + "': calls with different constants are not supported, found "
                + first
                + " and "
                + call.constants());
      }
    }
    Map<String, Object> operands = new LinkedHashMap<>(first);
    operands.keySet().retainAll(List.of("x", "y"));
    return operands;
  }

  /** Keras 3's class of a function. */
  static String keras3Class(String function) {
    if (function.equals("__operators__.add")) {
      return "Add";
    }
    for (var operation : OPERATIONS.entrySet()) {
      if (operation.getValue().equals(function)) {
        return operation.getKey();
      }
    }
    throw new IllegalArgumentException("no operation of Keras 3 is " + function);
  }

  /**
   * A call in Keras 2's form.
   *
   * @param arguments the layer's
   * @param inputs as [layer, call, output]
   */
  static List<@Nullable Object> keras2Call(
      Map<String, @Nullable Object> arguments, List<List<Object>> inputs) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>();
    List<Object> call = new ArrayList<>();
    Object first = arguments.get("x");
    Object second = arguments.get("y");
    if (first != null) {
      call.addAll(List.of(InboundNode.CONSTANT, -1, first));
      others.put("y", inputs.get(0));
    } else {
      call.addAll(inputs.get(0));
      if (second != null || inputs.size() > 1) {
        others.put("y", second != null ? second : inputs.get(1));
      }
    }
    others.put("name", null);
    call.add(others);
    return List.copyOf(call);
  }

  /** The arguments of a call in Keras 3's form. */
  static List<Object> keras3Arguments(
      Map<String, @Nullable Object> arguments, List<Object> inputs) {
    List<Object> operands = new ArrayList<>(inputs);
    Object first = arguments.get("x");
    Object second = arguments.get("y");
    if (first != null) {
      operands.add(0, keras3Constant(first));
    } else if (second != null) {
      operands.add(keras3Constant(second));
    }
    return operands;
  }

  private static Object keras3Constant(Object constant) {
    if (constant instanceof Number) {
      return constant;
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("value", constant);
    config.put("dtype", "float32");
    Map<String, Object> array = new LinkedHashMap<>();
    array.put("class_name", "__numpy__");
    array.put("config", config);
    return array;
  }
}

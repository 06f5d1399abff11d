package io.github.lanewise.hdf5;

import io.github.lanewise.nn.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of Keras 1.2's layers by the names that they have had since ({@code
 * keras/legacy/interfaces.py} of Keras 2), and later arguments that changed their names.
 */
final class Keras1Dialect {

  private static final Map<String, String> CLASSES =
      Map.of(
          "Convolution2D", "Conv2D",
          "SeparableConvolution2D", "SeparableConv2D",
          "DepthwiseConvolution2D", "DepthwiseConv2D");

  private static final Map<String, String> ARGUMENTS =
      Map.ofEntries(
          Map.entry("nb_filter", "filters"),
          Map.entry("output_dim", "units"),
          Map.entry("subsample", "strides"),
          Map.entry("border_mode", "padding"),
          Map.entry("bias", "use_bias"),
          Map.entry("p", "rate"),
          Map.entry("sigma", "stddev"),
          Map.entry("pool_length", "pool_size"),
          Map.entry("stride", "strides"),
          Map.entry("length", "size"),
          Map.entry("init", "kernel_initializer"),
          Map.entry("dim_ordering", "data_format"),
          Map.entry("concat_axis", "axis"));

  private static final Map<String, String> MERGES =
      Map.of(
          "sum", "Add",
          "mul", "Multiply",
          "ave", "Average",
          "max", "Maximum",
          "concat", "Concatenate");

  private Keras1Dialect() {}

  /** The class's name since Keras 2. */
  static String className(String name, Map<?, ?> config) {
    if (name.equals("Merge")) {
      return MERGES.getOrDefault(String.valueOf(config.get("mode")), name);
    }
    return CLASSES.getOrDefault(name, name);
  }

  /**
   * The arguments by their names since Keras 2.
   *
   * @throws ConfigException for batch normalization in a mode that there no longer is
   */
  static Map<String, @Nullable Object> arguments(String className, Map<?, ?> config) {
    Object mode = config.get("mode");
    if (className.equals("BatchNormalization") && mode instanceof Number n && n.intValue() != 0) {
      throw new ConfigException(
          "Layer '" + config.get("name") + "' (BatchNormalization): mode: expected 0, found " + n);
    }
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    config.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          arguments.put(ARGUMENTS.getOrDefault(name, name), value);
        });
    if (config.containsKey("nb_row") && config.containsKey("nb_col")) {
      arguments.put("kernel_size", List.of(config.get("nb_row"), config.get("nb_col")));
    }
    Object ordering = arguments.get("data_format");
    if ("tf".equals(ordering) || "th".equals(ordering)) {
      arguments.put("data_format", "tf".equals(ordering) ? "channels_last" : "channels_first");
    }
    if (arguments.containsKey("slope") && arguments.get("slope") != null) {
      arguments.put("negative_slope", arguments.get("slope"));
    }
    return arguments;
  }
}

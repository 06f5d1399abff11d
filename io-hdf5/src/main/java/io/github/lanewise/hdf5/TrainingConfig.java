package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.train.BaseOptimizer;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.Metric;
import io.github.lanewise.train.ObjectConfig;
import io.github.lanewise.train.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained, as Keras keeps it: the attribute training_config of an {@code .h5}
 * ({@code keras/src/legacy/saving/saving_utils.py}), or compile_config of a {@code .keras} archive.
 */
final class TrainingConfig {

  static final String ATTRIBUTE = "training_config";
  static final String KEY = "compile_config";

  private TrainingConfig() {}

  /** In the form of Keras 2. */
  static Map<String, @Nullable Object> ofKeras2(CompiledModel model) {
    ObjectConfig config = optimizer(model).config();
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>(config.values());
    // Keras 2 does not know this argument, not even as null.
    arguments.remove("gradient_accumulation_steps", null);
    Map<String, @Nullable Object> optimizer = new LinkedHashMap<>();
    optimizer.put("class_name", config.className());
    optimizer.put("config", arguments);
    Map<String, @Nullable Object> written = lossAndMetrics(model);
    written.put("optimizer_config", optimizer);
    return written;
  }

  /** In the form of Keras 3. */
  static Map<String, @Nullable Object> ofKeras3(CompiledModel model) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("optimizer", optimizer(model).config().serialized("keras.optimizers"));
    written.putAll(lossAndMetrics(model));
    written.put("run_eagerly", false);
    written.put("steps_per_execution", 1);
    written.put("jit_compile", false);
    return written;
  }

  private static Map<String, @Nullable Object> lossAndMetrics(CompiledModel model) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("loss", model.loss().serialize());
    written.put("loss_weights", null);
    written.put("metrics", model.metrics().stream().map(Metric::serialize).toList());
    written.put("weighted_metrics", null);
    return written;
  }

  /**
   * The optimizer of a model.
   *
   * @throws ConfigException if it is none that Keras has
   */
  static BaseOptimizer<?> optimizer(CompiledModel model) {
    if (model.optimizer() instanceof BaseOptimizer<?> optimizer) {
      return optimizer;
    }
    throw new ConfigException(
        "optimizer: expected one that Keras has, found " + model.optimizer().name());
  }

  /**
   * Compiles a model as either form says.
   *
   * @throws ConfigException if something is not supported
   */
  static CompiledModel compile(Model model, Map<?, ?> config) {
    Object optimizer = config.get("optimizer_config");
    Optimizer read =
        Optimizer.fromConfig(
            ObjectConfig.read(optimizer == null ? config.get("optimizer") : optimizer));
    for (String argument : List.of("loss_weights", "weighted_metrics")) {
      if (!flat(config.get(argument)).isEmpty()) {
        throw new ConfigException(
            argument + ": expected none, which alone is supported, found " + config.get(argument));
      }
    }
    List<Object> losses = flat(config.get("loss"));
    if (losses.size() != 1) {
      throw new ConfigException("loss: expected one, found " + config.get("loss"));
    }
    if (model.inputs().size() != 1 || model.outputs().size() != 1) {
      throw new ConfigException(
          "model: expected one input and one output to train, found "
              + model.inputs().size()
              + " and "
              + model.outputs().size());
    }
    Metric[] metrics =
        flat(config.get("metrics")).stream().map(Metric::deserialize).toArray(Metric[]::new);
    return CompiledModel.compile(model, read, Loss.deserialize(losses.get(0)), metrics);
  }

  /** What is there, whether alone, in lists or by the names of outputs. */
  private static List<Object> flat(@Nullable Object value) {
    List<Object> flat = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(element -> flat.addAll(flat(element)));
    } else if (value instanceof Map<?, ?> map && !map.containsKey("class_name")) {
      map.values().forEach(element -> flat.addAll(flat(element)));
    } else if (value != null) {
      flat.add(value);
    }
    return flat;
  }
}

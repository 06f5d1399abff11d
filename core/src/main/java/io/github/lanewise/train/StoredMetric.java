package io.github.lanewise.train;

import io.github.lanewise.nn.ConfigException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics as Keras 2 and 3 write them. */
final class StoredMetric {

  private StoredMetric() {}

  /** A metric as an object; its name and further arguments in turn. */
  static Object written(Metric metric, @Nullable Object... namesAndValues) {
    ObjectConfig own = ObjectConfig.of(metric.getClass().getSimpleName(), namesAndValues);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", metric.name());
    values.put("dtype", "float32");
    values.putAll(own.values());
    return new ObjectConfig(own.className(), values).serialized("keras.metrics");
  }

  static Metric of(Object serialized) {
    if (serialized instanceof String name) {
      return of(ObjectConfig.of(name));
    }
    ObjectConfig config = ObjectConfig.read(serialized);
    if (config.className().equals("MeanMetricWrapper")) {
      boolean accuracy = "accuracy".equals(config.values().get("name"));
      return accuracy ? new Accuracy() : of(String.valueOf(config.values().get("fn")));
    }
    return of(config);
  }

  private static Metric of(ObjectConfig config) {
    return switch (config.className()) {
      case "accuracy", "acc" -> new Accuracy();
      case "binary_accuracy", "BinaryAccuracy" -> new BinaryAccuracy(config.real("threshold", 0.5));
      case "categorical_accuracy", "CategoricalAccuracy" -> new CategoricalAccuracy();
      case "sparse_categorical_accuracy", "SparseCategoricalAccuracy" ->
          new SparseCategoricalAccuracy();
      case "auc", "AUC" -> auc(config);
      case "precision", "Precision" -> new Precision(threshold(config));
      case "recall", "Recall" -> new Recall(threshold(config));
      default ->
          throw new ConfigException(
              "metrics: expected accuracy, binary_accuracy, categorical_accuracy,"
                  + " sparse_categorical_accuracy, AUC, Precision or Recall, found "
                  + config.className());
    };
  }

  private static AUC auc(ObjectConfig config) {
    config.requireOnly("num_thresholds", 200);
    config.requireOnly("curve", "ROC");
    config.requireOnly("summation_method", "interpolation");
    config.requireNone("multi_label");
    config.requireNone("from_logits");
    return new AUC();
  }

  private static double threshold(ObjectConfig config) {
    config.requireOnly("top_k", null);
    config.requireOnly("class_id", null);
    if (config.values().get("thresholds") instanceof Number number) {
      return number.doubleValue();
    }
    double[] thresholds = config.reals("thresholds");
    if (thresholds.length > 1) {
      throw config.unexpected("thresholds", "one", config.values().get("thresholds"));
    }
    return thresholds.length == 0 ? 0.5 : thresholds[0];
  }
}

package io.github.lanewise.train;

import io.github.lanewise.nn.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Optimizers from configurations of Keras 1, 2 and 3. */
final class StoredOptimizer {

  private StoredOptimizer() {}

  static BaseOptimizer<?> of(ObjectConfig config) {
    try {
      BaseOptimizer<?> optimizer = withFixedRate(fixedRate(config));
      configure(optimizer, config);
      return optimizer;
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ConfigException(config.className() + ": " + e.getMessage(), e);
    }
  }

  private static BaseOptimizer<?> withFixedRate(ObjectConfig config) {
    return switch (config.className().toLowerCase(Locale.ROOT)) {
      case "adam" -> Adam.fromConfig(config);
      case "adamw" -> AdamW.fromConfig(config);
      case "rmsprop" -> RMSprop.fromConfig(config);
      case "sgd" -> SGD.fromConfig(config);
      default ->
          throw new ConfigException(
              "optimizer: expected Adam, AdamW, RMSprop or SGD, found " + config.className());
    };
  }

  /** The rate under its present name, and none in place of a schedule. */
  private static ObjectConfig fixedRate(ObjectConfig config) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(config.values());
    Object rate = values.getOrDefault(BaseOptimizer.LEARNING_RATE, values.get("lr"));
    values.put(BaseOptimizer.LEARNING_RATE, rate instanceof Map<?, ?> ? null : rate);
    return new ObjectConfig(config.className(), values);
  }

  /** Sets what optimizers have in common. */
  private static void configure(BaseOptimizer<?> optimizer, ObjectConfig config) {
    for (String argument : List.of("use_ema", "loss_scale_factor", "decay")) {
      config.requireNone(argument);
    }
    if (config.values().get(BaseOptimizer.LEARNING_RATE) instanceof Map<?, ?> map) {
      optimizer.learningRate(LearningRateSchedule.fromConfig(ObjectConfig.read(map)));
    }
    Double decay = config.real(BaseOptimizer.WEIGHT_DECAY);
    if (decay != null) {
      optimizer.weightDecay(decay);
    }
    for (GradientClipping.Rule rule : GradientClipping.Rule.values()) {
      Double limit = config.real(rule.kerasName());
      if (limit != null) {
        optimizer.clip(rule, limit);
      }
    }
    optimizer.gradientAccumulationSteps(config.integer(BaseOptimizer.ACCUMULATION_STEPS, 1));
  }
}

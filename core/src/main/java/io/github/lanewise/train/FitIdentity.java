package io.github.lanewise.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What a training must have in common with another to go on where it was, as it is at the
 * beginning. The number of epochs is not part of it: training may go on for longer.
 *
 * @param facts by name
 */
record FitIdentity(Map<String, String> facts) {

  private static final int FLOATS_AT_ONCE = 1 << 16;

  static FitIdentity of(CompiledModel compiled, Samples training, FitOptions options) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("batch_size", String.valueOf(options.batchSize()));
    facts.put("seed", String.valueOf(options.seed()));
    facts.put("shuffle", String.valueOf(options.shuffle()));
    facts.put("class_weight", String.valueOf(options.classWeight()));
    facts.put("samples", String.valueOf(training.size()));
    facts.put("optimizer", optimizer(compiled.optimizer()));
    facts.put("loss", compiled.loss().serialize().toString());
    facts.put("metrics", compiled.metrics().stream().map(Metric::name).toList().toString());
    CRC32C layers = new CRC32C();
    CRC32C frozen = new CRC32C();
    for (Layer layer : compiled.model().layers()) {
      layers.update(layer.config().toString().getBytes(UTF_8));
      for (Parameter parameter : layer.parameters()) {
        layers.update(parameter.toString().getBytes(UTF_8));
        if (!layer.trainable()) {
          add(parameter.value().toArray(), frozen);
        }
      }
    }
    facts.put("layers of checksum", Long.toHexString(layers.getValue()));
    facts.put("frozen weights of checksum", Long.toHexString(frozen.getValue()));
    return new FitIdentity(facts);
  }

  private static String optimizer(Optimizer optimizer) {
    try {
      return optimizer instanceof BaseOptimizer<?> base
          ? base.config().toString()
          : optimizer.name();
    } catch (ConfigException e) {
      return optimizer.name() + " with a schedule of one's own";
    }
  }

  private static void add(float[] values, CRC32C sum) {
    ByteBuffer bytes = ByteBuffer.allocate(FLOATS_AT_ONCE * Float.BYTES);
    for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
      int n = Math.min(FLOATS_AT_ONCE, values.length - from);
      bytes.clear().asFloatBuffer().put(values, from, n);
      sum.update(bytes.limit(n * Float.BYTES));
    }
  }

  SavedState state() {
    SavedState state = new SavedState();
    facts.forEach(state::put);
    return state;
  }

  /**
   * Checks what a training was that goes on as this one.
   *
   * @throws IllegalArgumentException if it was another
   */
  void requireSame(SavedState saved) {
    facts.forEach(
        (name, expected) -> {
          String found = saved.text(name);
          if (!found.equals(expected)) {
            throw new IllegalArgumentException(
                "expected a training with " + name + " " + expected + ", found " + found);
          }
        });
  }
}

package io.github.lanewise.hdf5;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.BaseOptimizer;
import io.github.lanewise.train.CompiledModel;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer remembers, in files of whole models: below optimizer_weights in an {@code .h5}
 * (the names are those of TensorFlow's {@code OptimizerV2}: {@code RMSprop/dense/kernel/rms:0}),
 * and below {@code optimizer/vars} in Keras 3's layout ({@code
 * keras/src/optimizers/base_optimizer.py}, {@code save_own_variables}).
 */
final class OptimizerWeights {

  private static final String GROUP = "optimizer_weights";
  private static final String OPTIMIZER = "optimizer";
  private static final String ACCUMULATOR = "gradient_accumulator";

  /**
   * What is remembered of a weight under a name.
   *
   * @param path the weight's layer and name
   */
  private record Slot(String name, String path, Parameter parameter) {}

  private OptimizerWeights() {}

  private static List<Slot> ofName(List<Layer> layers, String name) {
    List<Slot> slots = new ArrayList<>();
    for (Layer layer : layers) {
      for (Parameter parameter : layer.trainableParameters()) {
        slots.add(new Slot(name, layer.name() + "/" + parameter.name(), parameter));
      }
    }
    return slots;
  }

  /** In the order of {@code OptimizerV2}: the slots of one name together. */
  private static List<Slot> byName(List<Layer> layers, List<String> names) {
    return names.stream().flatMap(name -> ofName(layers, name).stream()).toList();
  }

  /** In the order of Keras 3: accumulators first, then the slots of one weight together. */
  private static List<Slot> byWeight(List<Layer> layers, List<String> names) {
    List<Slot> slots = new ArrayList<>();
    if (names.contains(ACCUMULATOR)) {
      slots.addAll(ofName(layers, ACCUMULATOR));
    }
    List<List<Slot>> others = new ArrayList<>();
    names.stream().filter(n -> !n.equals(ACCUMULATOR)).forEach(n -> others.add(ofName(layers, n)));
    int weights = others.isEmpty() ? 0 : others.get(0).size();
    for (int i = 0; i < weights; i++) {
      for (List<Slot> ofName : others) {
        slots.add(ofName.get(i));
      }
    }
    return slots;
  }

  private static String keras2Name(String className, String slot) {
    return switch (className + " " + slot) {
      case "RMSprop velocity" -> "rms";
      case "Adam momentum", "AdamW momentum" -> "m";
      case "Adam velocity", "AdamW velocity" -> "v";
      default -> slot;
    };
  }

  /** Puts the state in the legacy layout. */
  static void putKeras2(Hdf5Group root, CompiledModel compiled) {
    BaseOptimizer<?> optimizer = TrainingConfig.optimizer(compiled);
    String className = optimizer.config().className();
    Hdf5Group group = root.group(GROUP);
    List<String> names = new ArrayList<>();
    names.add("iter:0");
    group.integer("iter:0", optimizer.iterations());
    for (Slot slot : byName(ModelWeights.ofGraph(compiled.model()), optimizer.slotNames())) {
      String leaf = keras2Name(className, slot.name()) + ":0";
      String name = className + "/" + slot.path() + "/" + leaf;
      names.add(name);
      group.dataset(name, optimizer.slot(slot.name(), slot.parameter()));
    }
    group.attribute("weight_names", names);
  }

  /** Puts the state in Keras 3's layout. */
  static void putKeras3(Hdf5Group root, CompiledModel compiled) {
    BaseOptimizer<?> optimizer = TrainingConfig.optimizer(compiled);
    Hdf5Group vars = root.group(OPTIMIZER + "/vars");
    vars.integer("0", optimizer.iterations());
    int next = 1;
    if (hasFixedRate(optimizer)) {
      vars.dataset("1", Tensor.of(Shape.of(), optimizer.learningRate()));
      next++;
    }
    for (Slot slot : byWeight(ModelWeights.ofGraph(compiled.model()), optimizer.slotNames())) {
      vars.dataset(String.valueOf(next), optimizer.slot(slot.name(), slot.parameter()));
      next++;
    }
  }

  private static boolean hasFixedRate(BaseOptimizer<?> optimizer) {
    return optimizer.config().values().get("learning_rate") instanceof Number;
  }

  /**
   * Reads what {@link #putKeras2} or {@link #putKeras3} wrote, or Keras. An optimizer that has done
   * nothing may have nothing in the file.
   *
   * @throws IOException if it is not what the optimizer remembers of the model's trainable weights
   */
  static void read(Hdf5Reader file, CompiledModel compiled) throws IOException {
    BaseOptimizer<?> optimizer = TrainingConfig.optimizer(compiled);
    Group legacy = Hdf5Reader.findGroup(file.root(), GROUP);
    List<KerasLayer.Weight> weights =
        legacy == null
            ? Keras3Layers.vars(Hdf5Reader.findGroup(file.root(), OPTIMIZER))
            : KerasLayer.weights(legacy);
    if (weights.isEmpty()) {
      return;
    }
    int iterations = iterations(weights.get(0).dataset());
    List<KerasLayer.Weight> rest = weights.subList(1, weights.size());
    Dataset second = rest.isEmpty() ? null : rest.get(0).dataset();
    if (second != null && second.isScalar()) {
      float rate = file.tensor(second).item();
      if (hasFixedRate(optimizer)) {
        optimizer.setLearningRate(rate);
      }
      rest = rest.subList(1, rest.size());
    }
    List<Layer> layers = compiled.model().layers();
    List<String> names = optimizer.slotNames();
    boolean grouped = legacy != null && grouped(optimizer, rest);
    List<Slot> slots = grouped ? byName(layers, names) : byWeight(layers, names);
    optimizer.setIterations(iterations);
    if (iterations == 0 && rest.isEmpty()) {
      return;
    }
    if (rest.size() != slots.size()) {
      throw new IOException(
          "the optimizer's state does not fit: expected "
              + slots.size()
              + " values, "
              + names
              + " of each trainable weight, found "
              + rest.size()
              + "; KerasModel.load reads the model without it");
    }
    for (int i = 0; i < slots.size(); i++) {
      read(file, optimizer, slots.get(i), rest.get(i));
    }
  }

  /** Whether names end with that of the slot, as {@code OptimizerV2}'s do. */
  private static boolean grouped(BaseOptimizer<?> optimizer, List<KerasLayer.Weight> weights) {
    String className = optimizer.config().className();
    return !weights.isEmpty()
        && optimizer.slotNames().stream()
            .anyMatch(s -> keras2Name(className, s).equals(weights.get(0).parameterName()));
  }

  private static int iterations(@Nullable Dataset dataset) throws IOException {
    if (dataset != null
        && dataset.getData() instanceof Number number
        && number.longValue() == number.intValue()
        && number.intValue() >= 0) {
      return number.intValue();
    }
    throw new IOException(
        "the optimizer's state: expected the number of its iterations first, found "
            + (dataset == null ? "nothing" : dataset.getPath()));
  }

  private static void read(
      Hdf5Reader file, BaseOptimizer<?> optimizer, Slot slot, KerasLayer.Weight weight)
      throws IOException {
    Shape expected = slot.parameter().shape();
    Dataset dataset = weight.dataset();
    if (dataset == null || !FloatData.shape(dataset).equals(expected)) {
      throw new IOException(
          "the optimizer's state, "
              + slot.name()
              + " of "
              + slot.path()
              + ": expected "
              + expected
              + ", found "
              + (dataset == null ? "no dataset" : FloatData.shape(dataset))
              + " ("
              + weight.name()
              + ")");
    }
    float[] values = file.tensor(dataset).toArray();
    System.arraycopy(
        values, 0, optimizer.slot(slot.name(), slot.parameter()).data(), 0, values.length);
  }
}

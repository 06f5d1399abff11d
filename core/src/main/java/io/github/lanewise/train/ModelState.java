package io.github.lanewise.train;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Parameter;

/** What training changes in a model and its optimizer, and the random state of its layers. */
final class ModelState {

  private ModelState() {}

  static BaseOptimizer<?> optimizer(CompiledModel compiled) {
    if (compiled.optimizer() instanceof BaseOptimizer<?> optimizer) {
      return optimizer;
    }
    throw new IllegalArgumentException(
        "BackupAndRestore: expected an optimizer of Lanewise, found "
            + compiled.optimizer().name());
  }

  static SavedState of(CompiledModel compiled) {
    BaseOptimizer<?> optimizer = optimizer(compiled);
    SavedState state =
        new SavedState()
            .put("iterations", optimizer.iterations())
            .put("learning_rate", optimizer.learningRate());
    for (Layer layer : compiled.model().layers()) {
      if (layer.passes() > 0) {
        state.put("passes/" + layer.name(), (double) layer.passes());
      }
      if (layer.trainable()) {
        for (Parameter parameter : layer.parameters()) {
          String path = layer.name() + "/" + parameter.name();
          state.put("weights/" + path, parameter.value());
          if (parameter.learned()) {
            for (String slot : optimizer.slotNames()) {
              state.put(slot + "/" + path, optimizer.slot(slot, parameter));
            }
          }
        }
      }
    }
    return state;
  }

  static void restore(CompiledModel compiled, SavedState state) {
    BaseOptimizer<?> optimizer = optimizer(compiled);
    optimizer.setIterations((int) state.number("iterations"));
    float rate = (float) state.number("learning_rate");
    if (rate != optimizer.learningRate()) {
      optimizer.setLearningRate(rate);
    }
    for (Layer layer : compiled.model().layers()) {
      String passes = "passes/" + layer.name();
      layer.setPasses(state.has(passes) ? (long) state.number(passes) : 0);
      if (layer.trainable()) {
        for (Parameter parameter : layer.parameters()) {
          String path = layer.name() + "/" + parameter.name();
          parameter.assign(state.tensor("weights/" + path, parameter.shape()).data());
          if (parameter.learned()) {
            for (String slot : optimizer.slotNames()) {
              float[] values = state.tensor(slot + "/" + path, parameter.shape()).data();
              System.arraycopy(values, 0, optimizer.slot(slot, parameter).data(), 0, values.length);
            }
          }
        }
      }
    }
  }
}

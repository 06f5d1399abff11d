package io.github.lanewise.examples.report;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.Accuracy;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.History;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;

/** Histories of real, tiny trainings. */
final class Histories {

  private Histories() {}

  static History of(int epochs, double learningRate) {
    Node input = Input.of(2);
    Node output = new Dense(1).activation(Activation.SIGMOID).on(input);
    Tensor x = Tensor.of(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1);
    ArrayDataset data = new ArrayDataset(x, Tensor.of(Shape.of(4, 1), 0, 0, 1, 1));
    return CompiledModel.compile(
            new Model(input, output),
            new RMSprop(learningRate),
            Loss.BINARY_CROSSENTROPY,
            new Accuracy())
        .fit(data, new FitOptions().epochs(epochs).batchSize(2).validationData(data));
  }
}

package io.github.lanewise.profile;

import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.History;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;

/** A training of a few milliseconds, also as a program. */
final class TinyTraining {

  static final int STEPS = 3;
  static final int BATCH = 4;

  private TinyTraining() {}

  static Model model() {
    Node input = Input.of(16, 16, 16);
    Node x =
        new Conv2D(16, 3)
            .padding(Padding.SAME)
            .activation(Activation.RELU)
            .name("convolution")
            .on(input);
    x = new GlobalAveragePooling2D().name("average").on(x);
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).name("head").on(x));
  }

  static History fit(Model model, int epochs) {
    Tensor x = Tensor.full(model.input().shape().withBatch(STEPS * BATCH), 0.5f);
    Tensor y = Tensor.zeros(STEPS * BATCH, 1);
    return CompiledModel.compile(model, new RMSprop(1e-3), Loss.BINARY_CROSSENTROPY)
        .on(Compute.threads(1))
        .fit(new ArrayDataset(x, y), new FitOptions().epochs(epochs).batchSize(BATCH));
  }

  /** Trains and predicts, and says whether this JVM could have recorded that. */
  public static void main(String[] args) {
    Model model = model();
    double loss = fit(model, 1).last("loss");
    InferencePlan.compile(model).session(1).run(Tensor.zeros(1, 16, 16, 16));
    System.out.println((Profile.available() ? "with" : "without") + " a recorder: loss " + loss);
  }
}

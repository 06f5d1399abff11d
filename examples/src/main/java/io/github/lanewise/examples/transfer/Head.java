package io.github.lanewise.examples.transfer;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlorotUniform;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import java.util.Arrays;
import java.util.List;

/**
 * The course's classifier for two classes: flatten, dense with relu, dropout, dense with sigmoid.
 *
 * @param model from the pictures to the probability of the second class, the trunk included
 * @param alone the head's layers only, from the trunk's output on
 */
public record Head(Model model, Model alone) {

  /** Units of the hidden layer. */
  public static final int UNITS = 1024;

  /**
   * A new head on a trunk. For the same seed it starts with the same weights, whatever the dropout.
   *
   * @param dropout the share that is dropped, 0 for no dropout layer
   */
  public static Head on(Trunk trunk, double dropout, long seed) {
    Flatten flatten = new Flatten().name("flatten");
    Dense hidden =
        new Dense(UNITS)
            .activation(Activation.RELU)
            .kernelInitializer(new GlorotUniform(seed))
            .name("dense");
    Dropout drop = new Dropout(dropout).seed(seed).name("dropout");
    Dense output =
        new Dense(1)
            .activation(Activation.SIGMOID)
            .kernelInitializer(new GlorotUniform(seed + 1))
            .name("dense_1");
    Node features = trunk.model().output();
    int[] shape = features.shape().dims();
    Node input = Input.named("features", Arrays.copyOfRange(shape, 1, shape.length));
    Model[] models = new Model[2];
    Node[] starts = {trunk.model().input(), input};
    Node[] from = {features, input};
    for (int i = 0; i < models.length; i++) {
      Node x = hidden.on(flatten.on(from[i]));
      x = output.on(dropout == 0 ? x : drop.on(x));
      models[i] = new Model("head", List.of(starts[i]), List.of(x));
    }
    return new Head(models[0], models[1]);
  }
}

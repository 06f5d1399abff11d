package io.github.lanewise.examples.benchmark;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import java.util.List;

/** What is trained to measure a step of training; by binary cross-entropy and RMSprop. */
public enum TrainingTask {

  /** The course's head on what InceptionV3 has at mixed7: 1,024 relu, dropout 0.2, one sigmoid. */
  HEAD(1e-4, "Dense 1024 relu, Dropout 0.2, Dense 1 on mixed7 of InceptionV3") {
    @Override
    public Model model(int size) {
      Shape features = InceptionV3.notop(size, size).layer("mixed7").output().shape();
      Node input = Input.of(features.dim(1), features.dim(2), features.dim(3));
      Node x = new Flatten().on(input);
      x = new Dense(1024).activation(Activation.RELU).on(x);
      x = new Dropout(0.2).seed(1).on(x);
      return new Model(input, new Dense(1).activation(Activation.SIGMOID).on(x));
    }
  },

  /** All of InceptionV3, batch normalization by the batch's statistics, averaged to one sigmoid. */
  FINE_TUNE(1e-5, "all of InceptionV3, global average pooling, Dense 1") {
    @Override
    public Model model(int size) {
      Model trunk = InceptionV3.notop(size, size);
      Node x = new GlobalAveragePooling2D().on(trunk.output());
      return new Model(trunk.input(), new Dense(1).activation(Activation.SIGMOID).on(x));
    }

    @Override
    public List<String> blockEnds() {
      return InceptionV3.BLOCK_ENDS;
    }
  };

  private final double learningRate;
  private final String network;

  TrainingTask(double learningRate, String network) {
    this.learningRate = learningRate;
    this.network = network;
  }

  /** The network at its initial weights, for pictures of this height and width in pixels. */
  public abstract Model model(int size);

  /** The layers that end the network's blocks; none where it has no blocks. */
  public List<String> blockEnds() {
    return List.of();
  }

  /** RMSprop's learning rate. */
  double learningRate() {
    return learningRate;
  }

  /** What is trained, in words. */
  public String network() {
    return network;
  }

  /** The name on the command line: {@code fine-tune}. */
  @Override
  public String toString() {
    return this == HEAD ? "head" : "fine-tune";
  }
}

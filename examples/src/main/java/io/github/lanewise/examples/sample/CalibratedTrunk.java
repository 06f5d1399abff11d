package io.github.lanewise.examples.sample;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.HeNormal;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Random weights that are of use: kernels by He's normal distribution, and in each batch
 * normalization the mean and variance of what it is given for some pictures, so that the values
 * neither grow nor fade from layer to layer. One forward pass, layer by layer.
 */
public final class CalibratedTrunk {

  private CalibratedTrunk() {}

  /**
   * Overwrites the weights of a model's convolutions and batch normalizations.
   *
   * @param model of one input, without dense layers
   * @param pictures [n, height, width, 3] as the model takes them
   * @param seed where the random numbers start
   */
  public static void initialise(Model model, Tensor pictures, long seed, Compute compute) {
    Map<Node, Integer> uses = new HashMap<>();
    for (Node node : model.nodes()) {
      node.inputs().forEach(n -> uses.merge(n, 1, Integer::sum));
    }
    Map<Node, Tensor> values = new HashMap<>();
    values.put(model.input(), pictures);
    long stream = seed;
    for (Node node : model.nodes()) {
      if (node == model.input()) {
        continue;
      }
      List<Tensor> inputs = node.inputs().stream().map(n -> value(values, n)).toList();
      if (node.layer() instanceof Conv2D conv) {
        drawKernel(conv, stream++);
      } else if (node.layer() instanceof BatchNormalization normalization) {
        adoptMoments(normalization, inputs.get(0), compute);
      }
      values.put(node, node.layer().forward(new Tape(compute), inputs, false));
      for (Node input : node.inputs()) {
        if (uses.merge(input, -1, Integer::sum) == 0) {
          values.remove(input);
        }
      }
    }
  }

  private static Tensor value(Map<Node, Tensor> values, Node node) {
    Tensor value = values.get(node);
    if (value == null) {
      throw new IllegalStateException("no value for " + node);
    }
    return value;
  }

  private static void drawKernel(Conv2D conv, long seed) {
    Parameter kernel = parameter(conv, "kernel");
    Shape shape = kernel.shape();
    int taps = shape.dim(0) * shape.dim(1);
    Tensor drawn = new HeNormal(seed).create(shape, taps * shape.dim(2), taps * shape.dim(3));
    kernel.assign(drawn.data());
  }

  private static void adoptMoments(BatchNormalization layer, Tensor x, Compute compute) {
    int channels = x.shape().dim(-1);
    float[] mean = new float[channels];
    float[] variance = new float[channels];
    compute
        .kernels()
        .moments(
            x.size() / channels, channels, x.data(), x.offset(), mean, variance, compute.loop());
    parameter(layer, "moving_mean").assign(mean);
    parameter(layer, "moving_variance").assign(variance);
  }

  private static Parameter parameter(Layer layer, String name) {
    return layer.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(layer + " has no " + name));
  }
}

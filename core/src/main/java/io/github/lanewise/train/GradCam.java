package io.github.lanewise.train;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Dense;
import io.github.lanewise.op.Sigmoid;
import io.github.lanewise.op.Softmax;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a picture a model sees what speaks for an output: {@code relu(sum_c w_c A_c)} for the
 * channels {@code A_c} of a layer's output, {@code w_c} being the mean over all places of the
 * gradient of the output's score with respect to {@code A_c} (Selvaraju et al., Grad-CAM, 2017,
 * equations 1 and 2). The score is the logit where the model ends in a sigmoid or softmax.
 *
 * <p>Safe for use by several threads while nobody changes the weights.
 */
public final class GradCam {

  private final Model model;
  private final Node layer;
  private final Compute compute;

  /**
   * Heat maps over a layer of a model with one input and one output [n, classes].
   *
   * @param layerName a layer whose output is [n, h, w, channels]
   * @throws IllegalArgumentException if there is no such layer
   * @throws ShapeException if the layer's or the model's output has another rank
   */
  public GradCam(Model model, String layerName, Compute compute) {
    this.model = model;
    this.layer = model.layer(layerName).output();
    this.compute = compute;
    if (layer.shape().rank() != 4) {
      throw new ShapeException(
          "GradCam, layer '"
              + layerName
              + "': expected [n, h, w, channels], found "
              + layer.shape());
    }
    if (model.output().shape().rank() != 2) {
      throw new ShapeException(
          "GradCam: expected an output [n, classes], found " + model.output().shape());
    }
  }

  /**
   * The heat map [h, w] for the class that the model predicts: the greatest output or, where there
   * is only one, that output if its score is above 0, and its opposite if not.
   *
   * @param x one sample, [1, ...]
   * @throws ShapeException if {@code x} is not one sample of the model's input
   */
  public Tensor predicted(Tensor x) {
    Pass pass = forward(x);
    Tensor score = pass.score();
    int best = 0;
    for (int i = 1; i < score.size(); i++) {
      best = score.get(0, i) > score.get(0, best) ? i : best;
    }
    boolean opposite = score.size() == 1 && score.get(0, 0) <= 0;
    return heatMap(pass, best, opposite ? -1 : 1);
  }

  /**
   * The heat map [h, w], at least 0 and not scaled, of what speaks for an output, or against it.
   *
   * @param x one sample, [1, ...]
   * @param output which of the model's outputs, from 0
   * @param against whether the score's sign is turned round: class 0 of a sigmoid
   * @throws IllegalArgumentException if there is no such output
   * @throws ShapeException if {@code x} is not one sample of the model's input
   */
  public Tensor heatMap(Tensor x, int output, boolean against) {
    int outputs = model.output().shape().dim(1);
    if (output < 0 || output >= outputs) {
      throw new IllegalArgumentException(
          "GradCam, output: expected 0 to " + (outputs - 1) + ", found " + output);
    }
    return heatMap(forward(x), output, against ? -1 : 1);
  }

  private record Pass(Tape tape, Tensor activations, Tensor score) {}

  private Pass forward(Tensor x) {
    Shape expected = model.input().shape().withBatch(1);
    if (!x.shape().equals(expected)) {
      throw new ShapeException("GradCam: expected one sample " + expected + ", found " + x.shape());
    }
    Tape tape = new Tape(compute);
    Map<Node, Tensor> input = Map.of(model.input(), x);
    Tensor activations = model.forward(tape, input, List.of(layer), false).get(0);
    tape.watch(activations);
    Map<Node, Tensor> feeds = new HashMap<>(input);
    feeds.put(layer, activations);
    Tensor output = model.forward(tape, feeds, List.of(model.output()), false).get(0);
    Tape.Entry last = tape.producer(output);
    if (last != null && (last.op() instanceof Sigmoid || last.op() instanceof Softmax)) {
      return new Pass(tape, activations, last.inputs().get(0));
    }
    return new Pass(tape, activations, output);
  }

  private static Tensor heatMap(Pass pass, int output, float sign) {
    Tensor chosen = Tensor.zeros(pass.score().size(), 1);
    chosen.data()[output] = sign;
    Tensor scalar = pass.tape().apply(new Dense(), pass.score(), chosen);
    Tensor a = pass.activations();
    Tensor gradient = pass.tape().gradients(scalar).get(a);
    int channels = a.shape().dim(3);
    int places = a.size() / channels;
    double[] weights = new double[channels];
    for (int i = 0; i < a.size(); i++) {
      weights[i % channels] += gradient.data()[gradient.offset() + i] / (double) places;
    }
    Tensor map = Tensor.zeros(a.shape().dim(1), a.shape().dim(2));
    for (int place = 0; place < places; place++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += weights[c] * a.data()[a.offset() + place * channels + c];
      }
      map.data()[place] = (float) Math.max(sum, 0);
    }
    return map;
  }
}

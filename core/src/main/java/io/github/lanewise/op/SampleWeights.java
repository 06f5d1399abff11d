package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the losses of samples are multiplied by before their mean is taken over their number, as
 * Keras's {@code sum_over_batch_size} does: the optional third input of a loss, [n]. They get no
 * gradient.
 */
final class SampleWeights {

  private final @Nullable Tensor weights;

  /** How many losses a sample has. */
  private final int lossesPerSample;

  private SampleWeights(@Nullable Tensor weights, int lossesPerSample) {
    this.weights = weights;
    this.lossesPerSample = lossesPerSample;
  }

  static SampleWeights of(List<Tensor> inputs, int losses) {
    Tensor weights = inputs.size() < 3 ? null : inputs.get(2);
    return new SampleWeights(weights, weights == null ? 1 : losses / weights.size());
  }

  static void requireFits(Op op, List<Shape> inputs) {
    if (inputs.size() == 3) {
      Shape expected = Shape.of(inputs.get(0).dim(0));
      ShapeRules.equal(op, "weights", expected, inputs.get(2));
    }
  }

  /** The weight of a loss; 1 without weights. */
  double at(int loss) {
    return weights == null ? 1 : weights.data()[weights.offset() + loss / lossesPerSample];
  }
}

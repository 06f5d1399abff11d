package io.github.lanewise.infer;

import io.github.lanewise.op.BatchNormalization;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Pass: batch normalization by constants behind a convolution becomes part of the convolution's
 * filter and bias: {@code (k * x + b - mean) s + beta = (k s) * x + (b - mean) s + beta} with
 * {@code s = gamma / sqrt(variance + epsilon)}. Computed in double, rounded once; the filter is
 * multiplied as it is packed, so that there is never a second copy of all filters.
 */
final class FoldBatchNormalization {

  private FoldBatchNormalization() {}

  static void run(PlanGraph graph) {
    for (PlanNode node : graph.nodes.toArray(new PlanNode[0])) {
      if (node.op instanceof BatchNormalization normalization
          && node.inputs.get(0).convolves()
          && graph.usedOnlyBy(node.inputs.get(0), node)) {
        PlanNode convolution = node.inputs.get(0);
        fold(convolution, normalization, node.weights);
        graph.replace(node, convolution);
      }
    }
  }

  private static void fold(
      PlanNode convolution, BatchNormalization normalization, List<Weight> statistics) {
    List<Tensor> rest = new ArrayList<>();
    statistics.forEach(w -> rest.add(Tensor.of(w.shape(), w.read())));
    Shape channel = rest.get(0).shape();
    Tensor gamma = normalization.scale() ? rest.remove(0) : Tensor.full(channel, 1);
    Tensor beta = normalization.center() ? rest.remove(0) : Tensor.zeros(channel);
    Tensor mean = rest.get(0);
    Tensor variance = rest.get(1);

    float[] given = convolution.bias();
    Tensor bias = given == null ? Tensor.zeros(channel) : Tensor.of(channel, given);
    double[] scale = new double[channel.size()];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = gamma.get(c) / Math.sqrt((double) variance.get(c) + normalization.epsilon());
      bias.data()[c] = (float) ((bias.get(c) - (double) mean.get(c)) * scale[c] + beta.get(c));
    }
    convolution.weights = List.of(convolution.weights.get(0), Weight.of(bias));
    convolution.scaleKernel(scale);
  }
}

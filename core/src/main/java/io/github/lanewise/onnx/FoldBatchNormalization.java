package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pass: batch normalization right behind a convolution becomes part of the convolution's filter and
 * bias: {@code (k * x + b - mean) s + beta = (k s) * x + (b - mean) s + beta} with {@code s = gamma
 * / sqrt(variance + epsilon)}. Computed in double, rounded once.
 */
final class FoldBatchNormalization {

  private final OnnxGraph graph;

  private FoldBatchNormalization(OnnxGraph graph) {
    this.graph = graph;
  }

  static void run(OnnxGraph graph) {
    FoldBatchNormalization pass = new FoldBatchNormalization(graph);
    Map<String, Integer> uses = graph.uses();
    Map<String, OnnxNode> convolutions = new HashMap<>();
    Map<String, String> replaced = new HashMap<>();
    List<OnnxNode> nodes = new ArrayList<>();
    for (OnnxNode node : graph.nodes) {
      String input = node.inputs().get(0);
      OnnxNode convolution =
          node.type().equals("BatchNormalization") ? convolutions.get(input) : null;
      if (convolution != null && uses.getOrDefault(input, 0) == 1) {
        nodes.set(nodes.indexOf(convolution), pass.fold(convolution, node));
        replaced.put(node.output(), convolution.output());
        continue;
      }
      OnnxNode kept = node.withInputs(i -> replaced.getOrDefault(i, i));
      nodes.add(kept);
      if (kept.type().equals("Conv")) {
        convolutions.put(kept.output(), kept);
      }
    }
    graph.nodes.clear();
    graph.nodes.addAll(nodes);
  }

  /** The convolution that computes the normalized values. */
  private OnnxNode fold(OnnxNode convolution, OnnxNode normalization) {
    Initializer filter = initializer(convolution, 1);
    Initializer bias = convolution.inputs().size() > 2 ? initializer(convolution, 2) : null;
    Initializer gamma = initializer(normalization, 1);
    Initializer beta = initializer(normalization, 2);
    Initializer mean = initializer(normalization, 3);
    Initializer variance = initializer(normalization, 4);
    float epsilon = (Float) normalization.attributes().getOrDefault("epsilon", 0f);

    int filters = filter.dims()[0];
    int taps = filter.size() / filters;
    float[] foldedFilter = new float[filter.size()];
    float[] foldedBias = new float[filters];
    for (int f = 0; f < filters; f++) {
      double scale = gamma.at(f) / Math.sqrt((double) variance.at(f) + epsilon);
      double offset = bias == null ? 0 : bias.at(f);
      foldedBias[f] = (float) ((offset - mean.at(f)) * scale + beta.at(f));
      for (int i = f * taps; i < (f + 1) * taps; i++) {
        foldedFilter[i] = (float) (filter.at(i) * scale);
      }
    }
    return new OnnxNode(
        "Conv",
        List.of(
            convolution.inputs().get(0),
            graph.constant(
                convolution.inputs().get(1) + "/folded",
                Initializer.of(foldedFilter, 0, filter.dims())),
            graph.constant(convolution.output() + "/bias", Initializer.of(foldedBias, 0, filters))),
        convolution.output(),
        convolution.attributes());
  }

  private Initializer initializer(OnnxNode node, int input) {
    Initializer found = graph.initializers.get(node.inputs().get(input));
    if (found == null) {
      throw new IllegalStateException(node + ": input " + input + " is no constant");
    }
    return found;
  }
}

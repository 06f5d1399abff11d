package io.github.lanewise.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.op.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which steps go through a part of the batch together, and in which order. */
class SplitBatchTest {

  /** Steps by name, with the samples that go through together behind a colon. */
  private static List<String> steps(Model model) {
    return InferencePlan.compile(model).stretches().stream()
        .flatMap(
            stretch ->
                stretch.steps().stream()
                    .map(
                        step ->
                            step.layer()
                                + ":"
                                + (stretch.samples() == SplitBatch.WHOLE
                                    ? "batch"
                                    : stretch.samples())))
        .toList();
  }

  private static Node conv(String name, int filters, int size, Node x) {
    return new Conv2D(filters, size, size).padding(Padding.SAME).name(name).on(x);
  }

  @Test
  void largeValuesGoByFewSamplesWithThePoolingAndTheLightConvolutionsBehindThem() {
    Node input = Input.of(64, 64, 3);
    Node pooled = new MaxPooling2D(2).name("pool").on(conv("wide", 64, 3, input));
    Node a = conv("a", 16, 1, pooled);
    Node b = conv("b", 16, 3, a);
    Node c = conv("c", 8, 1, pooled);
    Model model = new Model(input, new Concatenate().on(b, c));
    assertEquals(List.of("wide:2", "pool:2", "a:2", "c:2", "b:batch"), steps(model));
  }

  @Test
  void convolutionsWhoseKernelsAreLargerThanTheirInputTakeTheWholeBatch() {
    Node input = Input.of(64, 64, 3);
    Node pooled = new MaxPooling2D(16).name("pool").on(conv("wide", 64, 3, input));
    Node a = conv("a", 32, 1, pooled);
    Node b = conv("b", 16, 3, a);
    Node c = conv("c", 16, 1, pooled);
    Model model = new Model(input, new Concatenate().on(b, c));
    assertEquals(List.of("wide:2", "pool:2", "a:batch", "b:batch", "c:batch"), steps(model));
  }
}

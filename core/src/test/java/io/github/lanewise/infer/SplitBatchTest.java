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

  /**
   * Steps by name, with the samples that go through together behind a colon, of a wide convolution,
   * a pooling, and two branches from there: 1x1 (a) and 3x3 (b), and 1x1 (c).
   */
  private static List<String> steps(int pool, int filtersOfA, int filtersOfC) {
    Node input = Input.of(64, 64, 3);
    Node pooled = new MaxPooling2D(pool).name("pool").on(conv("wide", 64, 3, input));
    Node a = conv("a", filtersOfA, 1, pooled);
    Node b = conv("b", 16, 3, a);
    Node c = conv("c", filtersOfC, 1, pooled);
    Model model = new Model(input, new Concatenate().on(b, c));
    return InferencePlan.compile(model).description().stream()
        .map(s -> s.layer() + ":" + (s.together() == 0 ? "batch" : s.together()))
        .toList();
  }

  private static Node conv(String name, int filters, int size, Node x) {
    return new Conv2D(filters, size, size).padding(Padding.SAME).name(name).on(x);
  }

  @Test
  void largeValuesGoByFewSamplesWithThePoolingAndTheLightConvolutionsBehindThem() {
    assertEquals(List.of("wide:2", "pool:2", "a:2", "c:2", "b:batch"), steps(2, 16, 8));
  }

  @Test
  void convolutionsWhoseKernelsAreLargerThanTheirInputTakeTheWholeBatch() {
    assertEquals(List.of("wide:2", "pool:2", "a:batch", "b:batch", "c:batch"), steps(16, 32, 16));
  }
}

package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class InceptionV3Test {

  /** Counts as keras.applications documents them: 21,802,784 without, 23,851,784 with the top. */
  @Test
  void theParametersAreAsManyAsKerasDocuments() {
    assertEquals(21_802_784, parameters(InceptionV3.notop(150, 150)));
    assertEquals(23_851_784, parameters(InceptionV3.withTop(299, 299, 1000)));
  }

  @Test
  void shapesAt150Are7x7x768AtMixed7And3x3x2048AtTheEnd() {
    Model model = InceptionV3.notop(150, 150);
    assertEquals(Shape.of(Shape.UNKNOWN, 7, 7, 768), model.layer("mixed7").output().shape());
    assertEquals(Shape.of(Shape.UNKNOWN, 3, 3, 2048), model.output().shape());
  }

  @Test
  void theSmallestInputIs75() {
    assertEquals(Shape.of(Shape.UNKNOWN, 1, 1, 2048), InceptionV3.notop(75, 75).output().shape());
    assertThrows(IllegalArgumentException.class, () -> InceptionV3.notop(74, 150));
  }

  @Test
  void layersComeInKerassOrder() {
    List<String> names = InceptionV3.notop(150, 150).layers().stream().map(Layer::name).toList();
    assertEquals(311, names.size());
    assertEquals(
        "conv2d_9 batch_normalization_9 activation_9 conv2d_7 conv2d_10 batch_normalization_7"
            + " batch_normalization_10 activation_7 activation_10 average_pooling2d_1 conv2d_6"
            + " conv2d_8 conv2d_11 conv2d_12",
        String.join(" ", names.subList(18, 32)));
    assertEquals("mixed10", names.get(310));
  }

  private static long parameters(Model model) {
    return model.parameters().stream().mapToLong(p -> p.value().size()).sum();
  }
}

package io.github.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import org.junit.jupiter.api.Test;

class SummaryBranchesTest {

  @Test
  void branchesAreListedByDepthAndAJoinNamesAllItsInputs() {
    Node input = Input.named("picture", 8, 8, 3);
    Node left = new Conv2D(4, 3).name("left").on(input);
    Node right = new MaxPooling2D(3).strides(1).name("right").on(input);
    Node both = new Concatenate().name("both").on(left, right);
    Node pooled = new GlobalAveragePooling2D().name("pooled").on(both);
    Model model = new Model(input, new Dense(2).name("logits").on(pooled));
    assertEquals(
        """
        Model: "model"
        __________________________________________________________________________________
        Layer (type)                     Output Shape     Param #  Connected to
        ==================================================================================
        picture (InputLayer)             (None, 8, 8, 3)        0
        left (Conv2D)                    (None, 6, 6, 4)      112  picture[0][0]
        right (MaxPooling2D)             (None, 6, 6, 3)        0  picture[0][0]
        both (Concatenate)               (None, 6, 6, 7)        0  left[0][0], right[0][0]
        pooled (GlobalAveragePooling2D)  (None, 7)              0  both[0][0]
        logits (Dense)                   (None, 2)             16  pooled[0][0]
        ==================================================================================
         Total params: 128 (512.00 B)
         Trainable params: 128 (512.00 B)
         Non-trainable params: 0 (0.00 B)
        """,
        model.summary());
  }

  /** Keras's documented count; 34,432 are moving averages, two for each of 17,216 channels. */
  @Test
  void theTotalsOfInceptionV3AreThoseOfKeras() {
    Model model = InceptionV3.notop(150, 150);
    assertEndsWith(
        """
         Total params: 21,802,784 (83.17 MB)
         Trainable params: 21,768,352 (83.04 MB)
         Non-trainable params: 34,432 (134.50 KB)
        """,
        model.summary());
    model.setTrainable(false);
    assertEndsWith(
        """
         Total params: 21,802,784 (83.17 MB)
         Trainable params: 0 (0.00 B)
         Non-trainable params: 21,802,784 (83.17 MB)
        """,
        model.summary());
  }

  private static void assertEndsWith(String expected, String text) {
    assertTrue(text.endsWith(expected), text);
  }
}

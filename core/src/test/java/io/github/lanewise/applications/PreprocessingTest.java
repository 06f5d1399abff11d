package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PreprocessingTest {

  /** Expected values worked out by hand from the means and deviations that Keras documents. */
  @Test
  void eachModeGivesWhatKerasDoes() {
    assertPixel(Preprocessing.CAFFE, -103.939f, -14.779f, 131.32f);
    assertPixel(Preprocessing.TF, 1, -0.2f, -1);
    assertPixel(Preprocessing.TORCH, 2.2489083f, -0.25f, -1.8044444f);
    assertPixel(Preprocessing.NONE, 255, 102, 0);
  }

  @Test
  void valuesThatAreNoWholePixelsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Preprocessing.TF.apply(new float[4]));
  }

  private static void assertPixel(Preprocessing mode, float... expected) {
    float[] pixels = {255, 102, 0, 255, 102, 0};
    mode.apply(pixels);
    float[] twice = {expected[0], expected[1], expected[2], expected[0], expected[1], expected[2]};
    assertArrayEquals(twice, pixels, 1e-4f);
  }
}

package io.github.lanewise.examples.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibratedTrunkTest {

  private static final Tensor PICTURES = DrawnPictures.draw(4, 75, Rescale.SYMMETRIC, 5).all();

  private static Model trunk(String layer, long seed, Compute compute) {
    Model inception = InceptionV3.notop(75, 75);
    Model model = new Model(inception.input(), inception.layer(layer).output());
    CalibratedTrunk.initialise(model, PICTURES, seed, compute);
    return model;
  }

  /** Deep and wide: the values would have vanished or exploded on the way. */
  @Test
  void normalizedValuesOfThePicturesHaveMeanZeroAndVarianceOneEvenFarUp() {
    Model model = trunk("batch_normalization_40", 1, Compute.standard());
    Tensor y = model.forward(PICTURES);
    int channels = y.shape().dim(-1);
    float[] values = y.toArray();
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = c; i < values.length; i += channels) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
      int n = values.length / channels;
      assertEquals(0, sum / n, 1e-3, "mean of channel " + c);
      // Epsilon, 0.001 beside the variance, makes it a little less than 1.
      assertEquals(1, squares / n, 0.05, "variance of channel " + c);
    }
  }

  @Test
  void theWeightsDependOnTheSeedAndNotOnTheThreads() {
    Model one = trunk("mixed2", 1, Compute.threads(1));
    Model same = trunk("mixed2", 1, Compute.threads(2));
    Model other = trunk("mixed2", 2, Compute.threads(2));
    for (int i = 0; i < one.parameters().size(); i++) {
      Parameter parameter = one.parameters().get(i);
      assertArrayEquals(
          parameter.value().toArray(),
          same.parameters().get(i).value().toArray(),
          parameter.toString());
    }
    assertNotEquals(
        one.parameters().get(0).value().get(0, 0, 0, 0),
        other.parameters().get(0).value().get(0, 0, 0, 0));
  }

  @Test
  void kernelsOfOneShapeDiffer() {
    Set<Integer> hashes = new HashSet<>();
    int kernels = 0;
    for (var layer : trunk("mixed2", 1, Compute.standard()).layers()) {
      if (layer instanceof Conv2D) {
        hashes.add(Arrays.hashCode(layer.parameters().get(0).value().toArray()));
        kernels++;
      }
    }
    assertEquals(kernels, hashes.size());
  }
}

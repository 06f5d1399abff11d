package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDataGeneratorTest {

  private static final long SEED = 7;

  private static Tensor noise(int height, int width, int channels) {
    Random random = new Random(11);
    float[] values = new float[height * width * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return Tensor.of(Shape.of(height, width, channels), values);
  }

  private static ImageDataGenerator everything() {
    return new ImageDataGenerator()
        .rotationRange(40)
        .widthShiftRange(0.2)
        .heightShiftRange(0.1)
        .shearRange(20)
        .zoomRange(0.2)
        .horizontalFlip(true)
        .verticalFlip(true)
        .brightnessRange(0.5, 1.5)
        .channelShiftRange(30)
        .fillMode(FillMode.REFLECT);
  }

  private static ImageTransform shift(double down, double right) {
    return new ImageTransform(0, -down, -right, 0, 1, 1, false, false, null, null);
  }

  /** A row of eight under a shift that brings in three pixels from the left. */
  private static float[] shiftedRow(FillMode mode) {
    Tensor row = Tensor.of(Shape.of(1, 8, 1), 1, 2, 3, 4, 5, 6, 7, 8);
    return new ImageDataGenerator()
        .fillMode(mode)
        .cval(-9)
        .applyTransform(row, shift(0, 3))
        .toArray();
  }

  @Test
  void withoutArgumentsAPictureStaysAsItIs() {
    Tensor picture = noise(9, 7, 3);
    ImageDataGenerator generator = new ImageDataGenerator();
    for (int i = 0; i < 20; i++) {
      Tensor same = generator.randomTransform(picture, SEED, i, i);
      assertArrayEquals(picture.toArray(), same.toArray());
      assertEquals(picture.shape(), same.shape());
      assertEquals(ImageTransform.IDENTITY, generator.getRandomTransform(9, 7, SEED, i, i));
    }
  }

  @Test
  void theSameSeedEpochAndIndexGiveTheSamePictureInAnyThread() {
    Tensor picture = noise(16, 12, 3);
    ImageDataGenerator generator = everything();
    List<float[]> inOrder =
        IntStream.range(0, 64)
            .mapToObj(i -> generator.randomTransform(picture, SEED, 3, i).toArray())
            .toList();
    List<float[]> inParallel =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> everything().randomTransform(picture, SEED, 3, i).toArray())
            .toList();
    for (int i = 0; i < 64; i++) {
      assertArrayEquals(inOrder.get(i), inParallel.get(i), "picture " + i);
    }
  }

  @Test
  void anotherSeedEpochOrIndexGivesAnotherPicture() {
    Tensor picture = noise(16, 12, 3);
    Set<Integer> hashes = new HashSet<>();
    for (int seed = 0; seed < 4; seed++) {
      for (int epoch = 0; epoch < 4; epoch++) {
        for (int i = 0; i < 4; i++) {
          hashes.add(
              Arrays.hashCode(everything().randomTransform(picture, seed, epoch, i).toArray()));
        }
      }
    }
    assertEquals(64, hashes.size());
  }

  @Test
  void parametersFillTheirRangesAndStayInside() {
    ImageDataGenerator generator = everything();
    double[][] drawn = new double[8][1000];
    int[] flips = new int[2];
    for (int i = 0; i < 1000; i++) {
      ImageTransform t = generator.getRandomTransform(200, 100, SEED, 0, i);
      double[] one = {
        t.theta() / 40,
        t.tx() / 20,
        t.ty() / 20,
        t.shear() / 20,
        (t.zx() - 1) / 0.2,
        (t.zy() - 1) / 0.2,
        t.channelShiftIntensity() / 30,
        (t.brightness() - 1) / 0.5
      };
      for (int p = 0; p < one.length; p++) {
        drawn[p][i] = one[p];
      }
      flips[0] += t.flipHorizontal() ? 1 : 0;
      flips[1] += t.flipVertical() ? 1 : 0;
    }
    for (int p = 0; p < 8; p++) {
      double[] sorted = drawn[p].clone();
      Arrays.sort(sorted);
      assertTrue(sorted[0] >= -1 && sorted[0] < -0.98, "least of " + p + ": " + sorted[0]);
      assertTrue(sorted[999] <= 1 && sorted[999] > 0.98, "most of " + p + ": " + sorted[999]);
      assertEquals(0, sorted[500], 0.15, "middle of " + p);
      for (int q = 0; q < p; q++) {
        double product = 0;
        for (int i = 0; i < 1000; i++) {
          product += drawn[p][i] * drawn[q][i];
        }
        assertEquals(0, product / 1000, 0.05, p + " and " + q + " are independent");
      }
    }
    assertEquals(500, flips[0], 60);
    assertEquals(500, flips[1], 60);
  }

  @Test
  void oneArgumentDoesNotChangeWhatIsDrawnForAnother() {
    ImageTransform alone =
        new ImageDataGenerator().shearRange(20).getRandomTransform(9, 9, SEED, 1, 2);
    assertNotEquals(0, alone.shear());
    assertEquals(alone.shear(), everything().getRandomTransform(9, 9, SEED, 1, 2).shear());
  }

  @Test
  void shiftsAreFractionsBelowOneElsePixelsAndIntegersAreWholePixels() {
    Set<Double> whole = new HashSet<>();
    Set<Double> chosen = new HashSet<>();
    Set<Double> fractions = new HashSet<>();
    double most = 0;
    for (int i = 0; i < 500; i++) {
      ImageTransform t =
          new ImageDataGenerator()
              .widthShiftRange(3)
              .heightShiftRange(new double[] {2.5, -7})
              .getRandomTransform(40, 20, SEED, 0, i);
      whole.add(t.ty());
      chosen.add(t.tx());
      ImageTransform u =
          new ImageDataGenerator()
              .widthShiftRange(new double[] {0.25})
              .heightShiftRange(1.5)
              .getRandomTransform(40, 20, SEED, 0, i);
      fractions.add(u.ty());
      most = Math.max(most, Math.abs(u.tx()));
    }
    assertEquals(Set.of(-2.0, -1.0, 0.0, 1.0, 2.0), whole);
    assertEquals(Set.of(-7.0, -2.5, 2.5, 7.0), chosen);
    assertEquals(Set.of(-5.0, 5.0), fractions);
    assertTrue(most <= 1.5 && most > 1.4, "most: " + most);
  }

  @Test
  void everyFillModeBringsInWhatSciPyDoes() {
    assertArrayEquals(new float[] {1, 1, 1, 1, 2, 3, 4, 5}, shiftedRow(FillMode.NEAREST));
    assertArrayEquals(new float[] {-9, -9, -9, 1, 2, 3, 4, 5}, shiftedRow(FillMode.CONSTANT));
    assertArrayEquals(new float[] {3, 2, 1, 1, 2, 3, 4, 5}, shiftedRow(FillMode.REFLECT));
    assertArrayEquals(new float[] {5, 6, 7, 1, 2, 3, 4, 5}, shiftedRow(FillMode.WRAP));
  }

  @Test
  void flipsExchangeSidesAndNothingElse() {
    Tensor picture = Tensor.of(Shape.of(2, 2, 1), 1, 2, 3, 4);
    ImageDataGenerator generator = new ImageDataGenerator();
    ImageTransform across = new ImageTransform(0, 0, 0, 0, 1, 1, true, false, null, null);
    ImageTransform down = new ImageTransform(0, 0, 0, 0, 1, 1, false, true, null, null);
    assertArrayEquals(
        new float[] {2, 1, 4, 3}, generator.applyTransform(picture, across).toArray());
    assertArrayEquals(new float[] {3, 4, 1, 2}, generator.applyTransform(picture, down).toArray());
    assertArrayEquals(new float[] {1, 2, 3, 4}, picture.toArray());
  }

  @Test
  void brightnessLeavesAlphaAndRefusesOtherPictures() {
    ImageDataGenerator generator = new ImageDataGenerator().brightnessRange(0.5, 0.5);
    Tensor pixel = Tensor.of(Shape.of(1, 1, 4), 10, 255, 101, 201);
    assertArrayEquals(
        new float[] {5, 127, 50, 201}, generator.randomTransform(pixel, SEED, 0, 0).toArray());
    assertEquals(
        "brightnessRange: expected pictures of 1, 3 or 4 channels, found 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> generator.randomTransform(noise(3, 3, 2), SEED, 0, 0))
            .getMessage());
  }

  @Test
  void aSliceOfChannelsAndAPictureOfOnePixelAreTransformedToo() {
    Tensor whole = noise(8, 8, 4);
    Tensor slice = whole.channels(1, 3);
    ImageDataGenerator generator = new ImageDataGenerator().rotationRange(90).zoomRange(0.5, 2);
    Tensor all = generator.randomTransform(whole, SEED, 0, 0);
    assertArrayEquals(
        all.channels(1, 3).toArray(), generator.randomTransform(slice, SEED, 0, 0).toArray());
    assertFalse(Arrays.equals(whole.toArray(), all.toArray()));
    Tensor pixel = Tensor.of(Shape.of(1, 1, 1), 7);
    for (FillMode mode : FillMode.values()) {
      float expected = mode == FillMode.CONSTANT ? 3 : 7;
      Tensor shifted =
          new ImageDataGenerator().fillMode(mode).cval(3).applyTransform(pixel, shift(0.5, -2));
      assertEquals(expected, shifted.item(), mode.name());
    }
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() {
    ImageDataGenerator g = new ImageDataGenerator();
    assertThrows(IllegalArgumentException.class, () -> g.rotationRange(-1));
    assertThrows(IllegalArgumentException.class, () -> g.shearRange(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> g.widthShiftRange(-2));
    assertThrows(IllegalArgumentException.class, () -> g.heightShiftRange(new double[0]));
    assertThrows(IllegalArgumentException.class, () -> g.channelShiftRange(-3));
    assertThrows(IllegalArgumentException.class, () -> g.cval(Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> g.brightnessRange(Double.NaN, 1));
    assertEquals(
        "zoomRange: expected the lower end first, found 2.0 to 1.0",
        assertThrows(IllegalArgumentException.class, () -> g.zoomRange(2, 1)).getMessage());
    assertEquals(
        "ImageDataGenerator: expected [height, width, channels], found "
            + Shape.of(2, 3).toString(),
        assertThrows(ShapeException.class, () -> g.randomTransform(Tensor.zeros(2, 3), 1, 1, 1))
            .getMessage());
  }
}

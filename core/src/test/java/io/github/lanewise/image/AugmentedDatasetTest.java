package io.github.lanewise.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentedDatasetTest {

  private static final int SIZE = 7 * 6 * 3;

  private static final ImageDataGenerator GENERATOR =
      new ImageDataGenerator().rotationRange(40).horizontalFlip(true);

  private static Tensor pictures() {
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.zeros(3, 7, 6, 3);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) random.nextDouble();
    }
    return x;
  }

  private static AugmentedDataset augmented(long seed) {
    ArrayDataset pictures = new ArrayDataset(pictures(), Tensor.zeros(3, 1));
    return new AugmentedDataset(pictures, GENERATOR, seed);
  }

  private static float[] read(AugmentedDataset dataset, int index) {
    float[] x = new float[SIZE];
    dataset.read(index, x, 0, new float[1], 0);
    return x;
  }

  @Test
  void theNthReadingOfAPictureIsThatOfTheNthEpochInWhateverOrder() {
    AugmentedDataset a = augmented(5);
    AugmentedDataset b = augmented(5);
    float[] first = read(a, 1);
    float[] second = read(a, 1);
    read(b, 2);
    assertArrayEquals(first, read(b, 1));
    read(b, 0);
    assertArrayEquals(second, read(b, 1));
    assertFalse(Arrays.equals(first, second));
    Tensor picture = pictures().rows(1, 2).reshape(Shape.of(7, 6, 3));
    assertArrayEquals(GENERATOR.randomTransform(picture, 5, 1, 1).toArray(), second);
  }

  @Test
  void anotherSeedGivesOtherPicturesAndAllIsSaidToChange() {
    assertFalse(Arrays.equals(read(augmented(5), 0), read(augmented(6), 0)));
    assertFalse(augmented(5).deterministic());
  }

  @Test
  void samplesThatAreNoPicturesAreRefused() {
    ArrayDataset rows = new ArrayDataset(Tensor.zeros(2, 5), Tensor.zeros(2, 1));
    assertThrows(ShapeException.class, () -> new AugmentedDataset(rows, GENERATOR, 1));
  }
}

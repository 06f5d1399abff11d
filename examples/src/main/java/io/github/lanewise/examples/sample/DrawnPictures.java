package io.github.lanewise.examples.sample;

import io.github.lanewise.image.Picture;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.image.Resize;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Drawn pictures of cats and dogs, as many of each, cats first: a dataset in memory, the same for
 * the same seed. Targets are 0 for a cat and 1 for a dog.
 */
public final class DrawnPictures implements Dataset {

  private final List<Picture> pictures;
  private final int size;
  private final Rescale rescale;

  private DrawnPictures(List<Picture> pictures, int size, Rescale rescale) {
    this.pictures = pictures;
    this.size = size;
    this.rescale = rescale;
  }

  /**
   * Draws pictures.
   *
   * @param count how many, an even number
   * @param size their width and height in pixels
   * @param rescale how {@link #read} maps their values
   * @param seed where the random numbers start
   */
  public static DrawnPictures draw(int count, int size, Rescale rescale, long seed) {
    if (count < 2 || count % 2 != 0) {
      throw new IllegalArgumentException("count: expected an even number, found " + count);
    }
    SplittableRandom seeds = new SplittableRandom(seed);
    long[] each = seeds.longs(count).toArray();
    List<Picture> pictures =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> AnimalDrawing.draw(animal(i, count), size, new Random(each[i])))
            .toList();
    return new DrawnPictures(pictures, size, rescale);
  }

  private static Animal animal(int index, int count) {
    return index < count / 2 ? Animal.CAT : Animal.DOG;
  }

  /** The names of the classes, by label. */
  public static List<String> classNames() {
    return Arrays.stream(Animal.values()).map(Animal::label).toList();
  }

  /** A picture. */
  public Picture picture(int index) {
    return pictures.get(index);
  }

  /** All pictures, [n, size, size, 3]. */
  public Tensor all() {
    Tensor x = Tensor.zeros(sampleShape().prepend(size()));
    for (int i = 0; i < size(); i++) {
      read(i, x.data(), i * sampleShape().size(), new float[1], 0);
    }
    return x;
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(size, size, Picture.CHANNELS);
  }

  @Override
  public Shape targetShape() {
    return Shape.of(1);
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    Resize.NEAREST.apply(pictures.get(index), size, size, x, xOffset);
    rescale.apply(sampleShape().size(), x, xOffset);
    y[yOffset] = animal(index, pictures.size()) == Animal.DOG ? 1 : 0;
    return true;
  }
}

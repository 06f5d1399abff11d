package io.github.lanewise.image;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.Dataset;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Pictures as an {@link ImageDataGenerator} changes them: each time that a picture is read counts
 * as another epoch for it. What a picture becomes depends on the seed, its index and how often it
 * has been read, not on the order or the threads.
 *
 * <p>Transforms work on the values of the pictures as they are given, after any rescaling; a {@link
 * ImageDataGenerator#brightnessRange} needs pictures from 0 to 255.
 */
public final class AugmentedDataset implements Dataset {

  private final Dataset pictures;
  private final ImageDataGenerator generator;
  private final long seed;
  private final AtomicIntegerArray reads;

  /**
   * A dataset of changed pictures.
   *
   * @param pictures samples [height, width, channels]
   * @throws ShapeException if its samples have another rank
   */
  public AugmentedDataset(Dataset pictures, ImageDataGenerator generator, long seed) {
    if (pictures.sampleShape().rank() != 3) {
      throw new ShapeException(
          "AugmentedDataset: expected samples [height, width, channels], found "
              + pictures.sampleShape());
    }
    this.pictures = pictures;
    this.generator = generator;
    this.seed = seed;
    this.reads = new AtomicIntegerArray(pictures.size());
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public Shape sampleShape() {
    return pictures.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return pictures.targetShape();
  }

  @Override
  public float weight(int index) {
    return pictures.weight(index);
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    if (!pictures.read(index, x, xOffset, y, yOffset)) {
      return false;
    }
    Tensor picture = Tensor.view(sampleShape(), x, xOffset);
    int epoch = reads.getAndIncrement(index);
    Tensor changed = generator.randomTransform(picture, seed, epoch, index);
    System.arraycopy(changed.data(), changed.offset(), x, xOffset, changed.size());
    return true;
  }

  @Override
  public void skipTo(int epoch) {
    for (int i = 0; i < reads.length(); i++) {
      reads.set(i, epoch);
    }
  }

  @Override
  public boolean deterministic() {
    return false;
  }
}

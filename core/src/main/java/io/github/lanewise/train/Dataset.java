package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import java.util.function.UnaryOperator;

/**
 * Samples that can be read in any order: inputs x with their targets y.
 *
 * <p>Datasets compose: {@code folder.cache(bytes).shuffle(1).split(0.2)}. What a method here gives
 * reads from the dataset that it was called on, when it is read itself.
 */
public interface Dataset {

  /** The number of samples, unreadable ones included. */
  int size();

  /** The shape of one x, without a batch. */
  Shape sampleShape();

  /** The shape of one y, without a batch. */
  Shape targetShape();

  /**
   * Reads one sample. Safe for use by several threads.
   *
   * @param index 0 to {@link #size} - 1
   * @return false where the sample can not be read; it has then been reported, and is left out
   */
  boolean read(int index, float[] x, int xOffset, float[] y, int yOffset);

  /** Whether a sample is the same each time it is read: no augmentation. */
  default boolean deterministic() {
    return true;
  }

  /**
   * Goes on as if all samples had been read once in each epoch before this one: where training is
   * resumed. Nothing to do for samples that are the same each time.
   *
   * @param epoch counted from 0
   */
  default void skipTo(int epoch) {}

  /** Whether samples have to be read in order, by one thread: those of an iterator. */
  default boolean sequential() {
    return false;
  }

  /** How many batches may wait for training, while one more is being read; default 2. */
  default int batchesAhead() {
    return 2;
  }

  /**
   * Each sample changed as it is read, by several threads at once, into one of the same shapes.
   *
   * @param map gives the same each time for the same sample
   */
  default Dataset map(UnaryOperator<Sample> map) {
    return map(sampleShape(), targetShape(), map);
  }

  /**
   * Each sample changed as it is read, by several threads at once.
   *
   * @param sampleShape the shape of the x that {@code map} gives
   * @param targetShape the shape of the y that {@code map} gives
   * @param map gives the same each time for the same sample
   */
  default Dataset map(Shape sampleShape, Shape targetShape, UnaryOperator<Sample> map) {
    return new MappedDataset(this, sampleShape, targetShape, map);
  }

  /**
   * All samples in an order that depends on the seed alone, the same in each epoch. {@code fit}
   * shuffles each epoch anew in any case; this is for {@link #take}, {@link #skip} and {@link
   * #split} where samples go by class.
   *
   * @throws IllegalArgumentException if samples are {@link #sequential}
   */
  default Dataset shuffle(long seed) {
    return SubsetDataset.shuffled(this, seed);
  }

  /**
   * The first samples, all if there are fewer.
   *
   * @throws IllegalArgumentException if {@code count} is less than 0
   */
  default Dataset take(int count) {
    return SubsetDataset.range(this, 0, SubsetDataset.bounded("take", count, size()));
  }

  /**
   * All samples but the first.
   *
   * @throws IllegalArgumentException if {@code count} is less than 0
   */
  default Dataset skip(int count) {
    return SubsetDataset.range(this, SubsetDataset.bounded("skip", count, size()), size());
  }

  /**
   * The first {@code floor(size (1 - fraction))} samples to train on, the others to validate on, as
   * Keras's {@code validation_split}. Samples that go by class are to be shuffled before.
   *
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or a part is empty
   */
  default Split split(double fraction) {
    return Split.of(this, fraction);
  }

  /**
   * The same samples, read further ahead of training: {@code n} batches wait in memory at most,
   * while one more is being read.
   *
   * @throws IllegalArgumentException if {@code n} is less than 1
   */
  default Dataset prefetch(int n) {
    return new PrefetchingDataset(this, n);
  }

  /**
   * The same samples, kept in memory once they have been read, so that pictures are decoded once
   * and not once an epoch; as many as there is memory for, the others are read each time. Goes
   * before an augmentation, not after it.
   *
   * @param bytes what they may take
   * @throws IllegalArgumentException if {@code bytes} is less than 0, or samples are not {@link
   *     #deterministic}
   */
  default Dataset cache(long bytes) {
    return new CachedDataset(this, bytes);
  }
}

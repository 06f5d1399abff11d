package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;

/** Samples that can be read in any order: inputs x with their targets y. */
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
}

package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Samples of the caller's, one after another. Only the one that is being read is held here; {@code
 * fit} reads them in order, by one thread ahead of training, whatever its {@code shuffle} says, as
 * Keras does with generators. Failures of the caller's iterator reach the caller of {@code fit}.
 */
public final class IterableDataset implements Dataset {

  private final Iterable<Sample> samples;
  private final boolean endless;
  private final int size;
  private final Shape sampleShape;
  private final Shape targetShape;
  private Iterator<Sample> iterator;

  /** A sample that was taken to learn the shapes, and has not been read. */
  private @Nullable Sample peeked;

  /** The pass that {@link #iterator} is in, and which of its samples comes next. */
  private int pass;

  private int position;

  private IterableDataset(Iterable<Sample> samples, boolean endless, int size) {
    this.samples = samples;
    this.endless = endless;
    this.size = size;
    this.iterator = samples.iterator();
    Sample first = taken();
    this.sampleShape = first.x().shape();
    this.targetShape = first.y().shape();
    this.peeked = first;
  }

  /**
   * Samples that are the same in each pass; they are counted by going through them once.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static IterableDataset of(Iterable<Sample> samples) {
    int size = 0;
    for (Iterator<Sample> i = samples.iterator(); i.hasNext(); i.next()) {
      size++;
    }
    if (size == 0) {
      throw new IllegalArgumentException("IterableDataset: expected samples, found none");
    }
    return new IterableDataset(samples, false, size);
  }

  /**
   * Samples of an iterator that goes on and on: sample i of pass p is its {@code p *
   * samplesPerEpoch + i}-th, from 0.
   *
   * @param samplesPerEpoch how many make a pass, as {@code steps_per_epoch} batches in Keras
   * @throws IllegalArgumentException if {@code samplesPerEpoch} is less than 1
   * @throws IllegalStateException if there is no first sample
   */
  public static IterableDataset of(Iterator<Sample> samples, int samplesPerEpoch) {
    if (samplesPerEpoch < 1) {
      throw new IllegalArgumentException(
          "samplesPerEpoch: expected at least 1, found " + samplesPerEpoch);
    }
    return new IterableDataset(() -> samples, true, samplesPerEpoch);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public boolean deterministic() {
    return !endless;
  }

  @Override
  public boolean sequential() {
    return true;
  }

  /**
   * Goes on to a sample; one that has been passed begins another pass.
   *
   * @throws IllegalStateException if the iterator ends before
   * @throws ShapeException if the sample has another shape than the first
   */
  @Override
  public synchronized boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    if (index < position) {
      nextPass();
    }
    goTo(index);
    Sample sample = taken();
    position++;
    copy("x", sample.x(), sampleShape, x, xOffset);
    copy("y", sample.y(), targetShape, y, yOffset);
    return true;
  }

  @Override
  public synchronized void skipTo(int epoch) {
    while (endless && pass < epoch) {
      nextPass();
    }
  }

  private void nextPass() {
    if (endless) {
      goTo(size);
    } else {
      iterator = samples.iterator();
      peeked = null;
    }
    pass++;
    position = 0;
  }

  private void goTo(int index) {
    while (position < index) {
      taken();
      position++;
    }
  }

  private Sample taken() {
    Sample first = peeked;
    if (first != null) {
      peeked = null;
      return first;
    }
    if (!iterator.hasNext()) {
      throw new IllegalStateException(
          "IterableDataset: expected "
              + size
              + " samples a pass, found "
              + position
              + " in pass "
              + (pass + 1));
    }
    return iterator.next();
  }

  private void copy(String what, Tensor from, Shape expected, float[] to, int offset) {
    if (!from.shape().equals(expected)) {
      throw new ShapeException(
          "IterableDataset: expected "
              + what
              + " of "
              + expected
              + " as in the first sample, found "
              + from.shape()
              + " in sample "
              + (position - 1));
    }
    System.arraycopy(from.toArray(), 0, to, offset, from.size());
  }
}

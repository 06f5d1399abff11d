package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Wraps a dataset: counts its reads, and changes what a test wants changed. */
final class Numbered implements Dataset {

  final AtomicInteger reads = new AtomicInteger();
  private final Dataset of;
  private final Set<Integer> unreadable = new HashSet<>();
  private boolean deterministic = true;

  Numbered(Dataset of) {
    this.of = of;
  }

  /** Samples 0, 1, ..., each of one number, its own, with that number times ten as target. */
  static Numbered upTo(int size) {
    float[] x = new float[size];
    float[] y = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = i;
      y[i] = 10 * i;
    }
    return new Numbered(
        new ArrayDataset(Tensor.of(Shape.of(size, 1), x), Tensor.of(Shape.of(size, 1), y)));
  }

  Numbered unreadable(int... indices) {
    for (int index : indices) {
      unreadable.add(index);
    }
    return this;
  }

  Numbered notDeterministic() {
    deterministic = false;
    return this;
  }

  @Override
  public int size() {
    return of.size();
  }

  @Override
  public Shape sampleShape() {
    return of.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return of.targetShape();
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    reads.incrementAndGet();
    return !unreadable.contains(index) && of.read(index, x, xOffset, y, yOffset);
  }

  @Override
  public boolean deterministic() {
    return deterministic;
  }
}

package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;

/** A dataset that throws at one of its samples. */
record Failing(Dataset of, int failsAt) implements Dataset {

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
    if (index == failsAt) {
      throw new IllegalStateException("sample " + index + " is broken");
    }
    return of.read(index, x, xOffset, y, yOffset);
  }
}

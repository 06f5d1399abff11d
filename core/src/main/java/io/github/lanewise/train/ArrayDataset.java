package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;

/** Samples in memory. */
public final class ArrayDataset implements Dataset {

  private final Tensor x;
  private final Tensor y;

  /**
   * Samples and their targets, which are not copied.
   *
   * @param x [n, ...]
   * @param y [n, ...]
   * @throws ShapeException if they differ in number
   */
  public ArrayDataset(Tensor x, Tensor y) {
    if (x.shape().rank() < 1
        || y.shape().rank() < 1
        || x.shape().dim(0) != y.shape().dim(0)
        || !x.dense()
        || !y.dense()) {
      throw new ShapeException(
          "ArrayDataset: expected as many targets as samples, found "
              + x.shape()
              + " and "
              + y.shape());
    }
    this.x = x;
    this.y = y;
  }

  @Override
  public int size() {
    return x.shape().dim(0);
  }

  @Override
  public Shape sampleShape() {
    return x.shape().withoutBatch();
  }

  @Override
  public Shape targetShape() {
    return y.shape().withoutBatch();
  }

  @Override
  public boolean read(int index, float[] xs, int xOffset, float[] ys, int yOffset) {
    copyRow(x, index, xs, xOffset);
    copyRow(y, index, ys, yOffset);
    return true;
  }

  private static void copyRow(Tensor from, int row, float[] to, int at) {
    int size = from.shape().sizeOfRow();
    System.arraycopy(from.data(), from.offset() + row * size, to, at, size);
  }
}

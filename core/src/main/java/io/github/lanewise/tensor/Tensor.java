package io.github.lanewise.tensor;

import java.util.Arrays;

/**
 * Floats of a known shape, row-major in an array. Several tensors may share an array at different
 * offsets. Rows of the last dimension are {@link #rowStride} floats apart; where that equals the
 * last dimension, as it does but for slices made by {@link #channels}, the tensor is dense.
 *
 * <p>The array is exposed on purpose: kernels work on it. Not safe for use by several threads while
 * one of them writes.
 */
public final class Tensor {

  private final Shape shape;
  private final float[] data;
  private final int offset;
  private final int rowStride;

  private Tensor(Shape shape, float[] data, int offset, int rowStride) {
    this.shape = shape;
    this.data = data;
    this.offset = offset;
    this.rowStride = rowStride;
  }

  /** A tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return of(shape, new float[shape.size()]);
  }

  /** A tensor of zeros. */
  public static Tensor zeros(int... dimensions) {
    return zeros(Shape.of(dimensions));
  }

  /** A tensor of one value. */
  public static Tensor full(Shape shape, float value) {
    float[] data = new float[shape.size()];
    Arrays.fill(data, value);
    return of(shape, data);
  }

  /** A tensor of rank 0. */
  public static Tensor scalar(float value) {
    return of(Shape.of(), value);
  }

  /**
   * A tensor on this array, which is not copied.
   *
   * @throws ShapeException if the array's length is not the shape's size
   */
  public static Tensor of(Shape shape, float... data) {
    if (data.length != shape.size()) {
      throw new ShapeException(
          "Tensor: expected " + shape.size() + " values for " + shape + ", found " + data.length);
    }
    return view(shape, data, 0);
  }

  /**
   * A dense tensor on a part of an array, which is not copied.
   *
   * @throws ShapeException if the array ends before the tensor does
   */
  public static Tensor view(Shape shape, float[] data, int offset) {
    if (shape.batchUnknown()) {
      throw new ShapeException("Tensor: expected a known batch, found " + shape);
    }
    if (offset < 0 || (long) offset + shape.size() > data.length) {
      throw new ShapeException(
          "Tensor: expected "
              + shape.size()
              + " values from "
              + offset
              + " on for "
              + shape
              + ", found an array of "
              + data.length);
    }
    return new Tensor(shape, data, offset, shape.rank() == 0 ? 1 : shape.dim(-1));
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return shape.size();
  }

  /** The array that holds the elements, itself. */
  public float[] data() {
    return data;
  }

  /** The index of the first element in {@link #data}. */
  public int offset() {
    return offset;
  }

  /** Floats from one row of the last dimension to the next. */
  public int rowStride() {
    return rowStride;
  }

  /** Whether the elements lie side by side. */
  public boolean dense() {
    return shape.rank() == 0 || rowStride == shape.dim(-1);
  }

  /** The element at this place. */
  public float get(int... index) {
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException(
          "Index: expected " + shape.rank() + " places, found " + index.length);
    }
    int row = 0;
    for (int i = 0; i < index.length - 1; i++) {
      row = row * shape.dim(i) + java.util.Objects.checkIndex(index[i], shape.dim(i));
    }
    int last =
        index.length == 0
            ? 0
            : java.util.Objects.checkIndex(index[index.length - 1], shape.dim(-1));
    return data[offset + row * rowStride + last];
  }

  /** The only element. */
  public float item() {
    if (size() != 1) {
      throw new ShapeException("item: expected one element, found " + shape);
    }
    return data[offset];
  }

  /** The elements, as a new dense array. */
  public float[] toArray() {
    float[] copy = new float[size()];
    copyTo(copy, 0);
    return copy;
  }

  /**
   * Copies the elements into another tensor.
   *
   * @throws ShapeException if that has another shape or is a slice of channels
   */
  public void copyTo(Tensor target) {
    if (!target.shape.equals(shape)) {
      throw new ShapeException("copyTo: expected a tensor of " + shape + ", found " + target.shape);
    }
    target.requireDense("copyTo");
    copyTo(target.data, target.offset);
  }

  private void copyTo(float[] to, int at) {
    int width = dense() ? size() : shape.dim(-1);
    for (int row = 0; row * width < size(); row++) {
      System.arraycopy(data, offset + row * rowStride, to, at + row * width, width);
    }
  }

  /** A new dense tensor with the same elements. */
  public Tensor copy() {
    return of(shape, toArray());
  }

  /**
   * The same elements under another shape of the same size, sharing the array.
   *
   * @throws ShapeException if the sizes differ or this is not dense
   */
  public Tensor reshape(Shape other) {
    requireDense("reshape");
    if (other.size() != size() || other.batchUnknown()) {
      throw new ShapeException("reshape: expected " + size() + " elements, found " + other);
    }
    return new Tensor(other, data, offset, other.rank() == 0 ? 1 : other.dim(-1));
  }

  /**
   * Entries {@code from} to {@code to - 1} of the first dimension, sharing the array.
   *
   * @throws IndexOutOfBoundsException if the range reaches outside
   */
  public Tensor rows(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, shape.dim(0));
    requireDense("rows");
    return view(shape.withBatch(to - from), data, offset + from * shape.sizeOfRow());
  }

  /**
   * Channels {@code from} to {@code to - 1} of the last dimension, sharing the array. Not dense.
   *
   * @throws IndexOutOfBoundsException if the range reaches outside
   */
  public Tensor channels(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, shape.dim(-1));
    return new Tensor(shape.withLast(to - from), data, offset + from, rowStride);
  }

  private void requireDense(String what) {
    if (!dense()) {
      throw new ShapeException(what + ": expected a dense tensor, found a slice of channels");
    }
  }

  /** The shape, not the elements. */
  @Override
  public String toString() {
    return "Tensor" + shape;
  }
}

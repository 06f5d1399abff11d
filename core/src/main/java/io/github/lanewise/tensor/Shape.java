package io.github.lanewise.tensor;

import java.util.Arrays;

/**
 * Sizes of the dimensions of a tensor, outermost first. The first dimension may be {@link
 * #UNKNOWN}, for a batch whose size is not known yet. Immutable.
 */
public final class Shape {

  /** The size of a first dimension that is not known yet; printed as {@code None}. */
  public static final int UNKNOWN = -1;

  private final int[] dimensions;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * The shape of these sizes.
   *
   * @throws ShapeException if a size is negative, but for {@link #UNKNOWN} as the first, or if the
   *     product exceeds an {@code int}
   */
  public static Shape of(int... dimensions) {
    long size = 1;
    for (int i = 0; i < dimensions.length; i++) {
      if (dimensions[i] < 0 && !(i == 0 && dimensions[i] == UNKNOWN)) {
        throw new ShapeException(
            "Shape: expected sizes of 0 or more, found " + Arrays.toString(dimensions));
      }
      size *= Math.abs(dimensions[i]);
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException(
            "Shape: expected at most 2^31 - 1 elements, found " + Arrays.toString(dimensions));
      }
    }
    return new Shape(dimensions.clone());
  }

  /** The number of dimensions. */
  public int rank() {
    return dimensions.length;
  }

  /** The size of dimension {@code i}; a negative {@code i} counts from the end. */
  public int dim(int i) {
    return dimensions[i < 0 ? i + dimensions.length : i];
  }

  /** The sizes, as a copy. */
  public int[] dims() {
    return dimensions.clone();
  }

  /** The number of elements; 1 for a scalar. An unknown first dimension counts as 1. */
  public int size() {
    int size = 1;
    for (int d : dimensions) {
      size *= d == UNKNOWN ? 1 : d;
    }
    return size;
  }

  /** Elements in one entry of the first dimension. */
  public int sizeOfRow() {
    return withBatch(1).size();
  }

  /** This shape with another first dimension. */
  public Shape withBatch(int batch) {
    int[] d = dimensions.clone();
    d[0] = batch;
    return of(d);
  }

  /** This shape without its first dimension. */
  public Shape withoutBatch() {
    return new Shape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  /** This shape behind a new first dimension. */
  public Shape prepend(int batch) {
    int[] d = new int[dimensions.length + 1];
    d[0] = batch;
    System.arraycopy(dimensions, 0, d, 1, dimensions.length);
    return of(d);
  }

  /** This shape with another last dimension. */
  public Shape withLast(int size) {
    int[] d = dimensions.clone();
    d[d.length - 1] = size;
    return of(d);
  }

  /** Whether the first dimension is unknown. */
  public boolean batchUnknown() {
    return dimensions.length > 0 && dimensions[0] == UNKNOWN;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dimensions, s.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** As Keras prints it: {@code (None, 150, 150, 3)}, {@code (10,)}. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("(");
    for (int i = 0; i < dimensions.length; i++) {
      s.append(i == 0 ? "" : ", ").append(dimensions[i] == UNKNOWN ? "None" : dimensions[i]);
    }
    return s.append(dimensions.length == 1 ? ",)" : ")").toString();
  }
}

package io.github.lanewise.onnx;

/**
 * A constant of an ONNX graph.
 *
 * @param dims its sizes
 * @param floats an array that holds its numbers, from {@code offset} on; empty if they are whole
 * @param longs its numbers, if they are whole
 */
record Initializer(int[] dims, float[] floats, int offset, long[] longs) {

  private static final long[] NO_LONGS = {};
  private static final float[] NO_FLOATS = {};

  static Initializer of(float[] floats, int offset, int... dims) {
    return new Initializer(dims, floats, offset, NO_LONGS);
  }

  static Initializer of(long... longs) {
    return new Initializer(new int[] {longs.length}, NO_FLOATS, 0, longs);
  }

  float at(int i) {
    return floats[offset + i];
  }

  boolean whole() {
    return longs.length > 0;
  }

  int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }
}

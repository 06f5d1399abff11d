package io.github.lanewise.kernels.simd;

/**
 * Memory of the calling thread that matrix products, the convolutions of training and their
 * gradients use from call to call, as what changes is packed anew in each. What an array holds
 * lasts until the next call that asks for the same one.
 */
final class Scratch {

  /** A block of a product's right matrix. */
  static final Scratch PRODUCT = new Scratch();

  /** A filter with its taps turned. */
  static final Scratch FILTER = new Scratch();

  /** A filter packed, for a convolution that is the only one with it. */
  static final Scratch PACKED = new Scratch();

  /** A gradient before it is added to what is there. */
  static final Scratch GRADIENT = new Scratch();

  /** A copy of an image, or what a convolution works in. */
  static final Scratch WORKSPACE = new Scratch();

  /** Panels of an output's gradient. */
  static final Scratch PANELS = new Scratch();

  /** Sums of a task. */
  static final Scratch SUMS = new Scratch();

  /** A filter's taps of one input channel. */
  static final Scratch TAPS = new Scratch();

  /** A row of taps. */
  static final Scratch COLUMN = new Scratch();

  private final ThreadLocal<double[]> doubles = ThreadLocal.withInitial(() -> new double[0]);
  private final ThreadLocal<float[]> array = ThreadLocal.withInitial(() -> new float[0]);

  private Scratch() {}

  /** At least so many floats, with anything in them. */
  float[] floats(int size) {
    float[] found = array.get();
    if (found.length < size) {
      found = new float[size];
      array.set(found);
    }
    return found;
  }

  /** At least so many doubles, with anything in them. */
  double[] doubles(int size) {
    double[] found = doubles.get();
    if (found.length < size) {
      found = new double[size];
      doubles.set(found);
    }
    return found;
  }
}

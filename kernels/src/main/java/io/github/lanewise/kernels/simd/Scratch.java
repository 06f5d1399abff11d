package io.github.lanewise.kernels.simd;

/**
 * Memory of the calling thread that gradients of convolutions use from call to call. What an array
 * holds lasts until the next call that asks for the same one.
 */
final class Scratch {

  /** A filter with its taps turned. */
  static final Scratch FILTER = new Scratch();

  /** A gradient before it is added to what is there. */
  static final Scratch GRADIENT = new Scratch();

  /** A copy of an image, or what a convolution works in. */
  static final Scratch WORKSPACE = new Scratch();

  /** Panels of an output's gradient. */
  static final Scratch PANELS = new Scratch();

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
}

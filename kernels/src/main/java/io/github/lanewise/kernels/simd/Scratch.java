package io.github.lanewise.kernels.simd;

/**
 * Memory of the calling thread that gradients of convolutions use from call to call. What an array
 * holds lasts until the next call that asks for the same one.
 */
enum Scratch {
  /** A filter with its taps turned. */
  FILTER,
  /** A gradient before it is added to what is there. */
  GRADIENT,
  /** A copy of an image, or what a convolution works in. */
  WORKSPACE,
  /** Panels of an output's gradient. */
  PANELS;

  private final ThreadLocal<float[]> array = ThreadLocal.withInitial(() -> new float[0]);

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

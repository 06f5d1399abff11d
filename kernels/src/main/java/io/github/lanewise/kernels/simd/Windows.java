package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import jdk.incubator.vector.FloatVector;

/**
 * The receptive fields of a block of output pixels, as rows of a matrix that is not built: each is
 * a few contiguous stretches of the bordered input. Only where the stretches are very short, as for
 * three channels, are they gathered.
 */
final class Windows {

  /** Shorter stretches do not pay for loading and storing a tile's accumulators. */
  private static final int SHORTEST = 16;

  private final Conv2dGeometry g;
  private final Bordered image;
  private final int[] starts;
  private final int stretchesPerRow;
  private final int length;
  private final boolean gathered;
  private final float[] data;

  private Windows(Conv2dGeometry g, Bordered image, int from, int to) {
    this.g = g;
    this.image = image;
    boolean rowContiguous = g.dilationWidth() == 1 && image.pixelStride() == g.groupInputChannels();
    this.stretchesPerRow = rowContiguous ? 1 : g.filterWidth();
    this.length = (rowContiguous ? g.filterWidth() : 1) * g.groupInputChannels();
    this.starts = image.windowStarts(g, from, to);
    this.gathered = length < SHORTEST && stretches() > 1 && g.groups() == 1;
    this.data = gathered ? gather() : image.data();
  }

  /** The windows of output pixels {@code from} to {@code to - 1}. */
  static Windows of(Conv2dGeometry g, Bordered image, int from, int to) {
    return new Windows(g, image, from, to);
  }

  /** Where each pixel's window starts. */
  int[] starts() {
    return starts;
  }

  private int stretches() {
    return g.filterHeight() * stretchesPerRow;
  }

  /** From a window's start to its stretch. */
  private int shift(int stretch) {
    return stretch / stretchesPerRow * g.dilationHeight() * image.rowStride()
        + stretch % stretchesPerRow * g.dilationWidth() * image.pixelStride();
  }

  /** Copies the windows side by side, and lets them start there. */
  private float[] gather() {
    int k = stretches() * length;
    float[] rows = new float[starts.length * k + SHORTEST];
    int[] shifts = new int[stretches()];
    for (int stretch = 0; stretch < shifts.length; stretch++) {
      shifts[stretch] = shift(stretch);
    }
    for (int i = 0; i < starts.length; i++) {
      for (int stretch = 0; stretch < shifts.length; stretch++) {
        copy(image.data(), starts[i] + shifts[stretch], rows, i * k + stretch * length, length);
      }
    }
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * k;
    }
    return rows;
  }

  /**
   * Copies a short stretch; what follows it in {@code to} is overwritten too, and must come later.
   */
  private static void copy(float[] from, int at, float[] to, int toAt, int length) {
    if (Lanes.COUNT >= SHORTEST && at + Lanes.COUNT <= from.length) {
      FloatVector.fromArray(Lanes.SPECIES, from, at).intoArray(to, toAt);
      return;
    }
    for (int j = 0; j < length; j++) {
      to[toAt + j] = from[at + j];
    }
  }

  /** Adds the windows times the panel's filter, stretch by stretch. */
  void addTo(PanelProduct product, int group, boolean relu) {
    int count = gathered ? 1 : stretches();
    int k = gathered ? stretches() * length : length;
    for (int stretch = 0; stretch < count; stretch++) {
      int shift = gathered ? 0 : shift(stretch) + group * g.groupInputChannels();
      boolean last = stretch == count - 1;
      product.add(data, shift, stretch * k, k, last && relu ? 0 : Float.NEGATIVE_INFINITY);
    }
  }
}

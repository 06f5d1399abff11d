package io.github.lanewise.image;

/**
 * Linear interpolation at the places an affine matrix names, as {@code
 * scipy.ndimage.affine_transform} with {@code order=1} on each channel: coordinates and sums in
 * double precision.
 */
final class AffineResampling {

  private final FillMode fillMode;
  private final float cval;

  AffineResampling(FillMode fillMode, float cval) {
    this.fillMode = fillMode;
    this.cval = cval;
  }

  /**
   * A new picture of the same size.
   *
   * @param matrix two rows of three, from (row, column, 1) of the new picture to the old
   * @param picture [height, width, channels]
   */
  float[] apply(double[] matrix, float[] picture, int height, int width, int channels) {
    float[] output = new float[picture.length];
    int out = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double y = row * matrix[0] + column * matrix[1] + matrix[2];
        double x = row * matrix[3] + column * matrix[4] + matrix[5];
        double oldY = fillMode.inside(y, height);
        double oldX = fillMode.inside(x, width);
        boolean none = Double.isNaN(oldY) || Double.isNaN(oldX);
        for (int channel = 0; channel < channels; channel++) {
          output[out++] = none ? cval : at(oldY, oldX, channel, picture, height, width, channels);
        }
      }
    }
    return output;
  }

  private static float at(
      double y, double x, int channel, float[] picture, int height, int width, int channels) {
    int top = (int) y;
    int left = (int) x;
    double down = y - top;
    double right = x - left;
    int upper = top * width;
    int lower = Math.min(top + 1, height - 1) * width;
    int next = Math.min(left + 1, width - 1);
    return (float)
        (picture[(upper + left) * channels + channel] * (1 - down) * (1 - right)
            + picture[(upper + next) * channels + channel] * (1 - down) * right
            + picture[(lower + left) * channels + channel] * down * (1 - right)
            + picture[(lower + next) * channels + channel] * down * right);
  }
}

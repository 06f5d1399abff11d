package io.github.lanewise.image;

import org.jspecify.annotations.Nullable;

/**
 * What is done to one picture, under the names of Keras's {@code get_random_transform}. As there,
 * {@code x} is down and {@code y} is right, and the matrix takes a place in the new picture to one
 * in the old: a positive {@code tx} moves the picture up, and a zoom above 1 makes it smaller.
 *
 * @param theta rotation in degrees
 * @param tx shift along the height, in pixels
 * @param ty shift along the width, in pixels
 * @param shear in degrees
 * @param zx zoom along the height
 * @param zy zoom along the width
 * @param flipHorizontal whether left and right change places
 * @param flipVertical whether top and bottom change places
 * @param channelShiftIntensity added to all values, which stay between the smallest and largest of
 *     the picture; null for no such step
 * @param brightness factor, 1 for the same; null for no such step, which differs from 1
 */
public record ImageTransform(
    double theta,
    double tx,
    double ty,
    double shear,
    double zx,
    double zy,
    boolean flipHorizontal,
    boolean flipVertical,
    @Nullable Double channelShiftIntensity,
    @Nullable Double brightness) {

  /** Changes nothing. */
  public static final ImageTransform IDENTITY =
      new ImageTransform(0, 0, 0, 0, 1, 1, false, false, null, null);

  boolean moves() {
    return theta != 0 || tx != 0 || ty != 0 || shear != 0 || zx != 1 || zy != 1;
  }

  /**
   * Rotation times shift times shear times zoom about the centre, as {@code
   * keras_preprocessing.image.apply_affine_transform} (1.1), whose centre {@code (height / 2 + 0.5,
   * width / 2 + 0.5)} is one pixel below and to the right of the middle.
   *
   * @return two rows of three: a place (row, column, 1) of the new picture to one of the old
   */
  double[] matrix(int height, int width) {
    double cos = Math.cos(Math.toRadians(theta));
    double sin = Math.sin(Math.toRadians(theta));
    double[] matrix = {cos, -sin, 0, sin, cos, 0};
    matrix = times(matrix, 1, 0, tx, 0, 1, ty);
    double angle = Math.toRadians(shear);
    matrix = times(matrix, 1, -Math.sin(angle), 0, 0, Math.cos(angle), 0);
    matrix = times(matrix, zx, 0, 0, 0, zy, 0);
    double down = height / 2.0 + 0.5;
    double right = width / 2.0 + 0.5;
    return times(times(new double[] {1, 0, down, 0, 1, right}, matrix), 1, 0, -down, 0, 1, -right);
  }

  /** The product of two such matrices, each with a third row of 0, 0, 1. */
  private static double[] times(double[] a, double... b) {
    double[] product = new double[6];
    for (int row = 0; row < 6; row += 3) {
      for (int column = 0; column < 3; column++) {
        product[row + column] = a[row] * b[column] + a[row + 1] * b[3 + column];
      }
      product[row + 2] += a[row + 2];
    }
    return product;
  }
}

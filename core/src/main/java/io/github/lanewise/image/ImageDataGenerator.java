package io.github.lanewise.image;

import io.github.lanewise.op.CounterRandom;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Random changes to pictures, with the arguments, defaults and results of Keras's {@code
 * ImageDataGenerator} (keras_preprocessing 1.1); the random numbers are others. They are functions
 * of a seed, an epoch and the index of the picture, and of nothing else: neither the thread nor the
 * order of the pictures matters, and one argument does not change what is drawn for another.
 *
 * <p>Without arguments pictures stay as they are. Once its arguments are set, threads may share it.
 */
public final class ImageDataGenerator {

  private double rotationRange;
  private ShiftRange widthShiftRange = ShiftRange.NONE;
  private ShiftRange heightShiftRange = ShiftRange.NONE;
  private double shearRange;
  private double zoomFrom = 1;
  private double zoomTo = 1;
  private boolean horizontalFlip;
  private boolean verticalFlip;
  private double @Nullable [] brightnessRange;
  private double channelShiftRange;
  private FillMode fillMode = FillMode.NEAREST;
  private float cval;

  /** Changes nothing, until it is given arguments. */
  public ImageDataGenerator() {}

  /** Rotates by up to this many degrees either way; default 0. */
  public ImageDataGenerator rotationRange(double degrees) {
    rotationRange = Ranges.nonNegative("rotationRange", degrees);
    return this;
  }

  /**
   * Shifts left or right by up to this: below 1 a fraction of the width, else pixels; default 0.
   */
  public ImageDataGenerator widthShiftRange(double range) {
    widthShiftRange = ShiftRange.upTo("widthShiftRange", range);
    return this;
  }

  /** Shifts left or right by a whole number of pixels smaller than this, as in Keras. */
  public ImageDataGenerator widthShiftRange(int pixels) {
    widthShiftRange = ShiftRange.below("widthShiftRange", pixels);
    return this;
  }

  /**
   * Shifts left or right by one of these: fractions of the width if all are below 1, else pixels.
   */
  public ImageDataGenerator widthShiftRange(double[] shifts) {
    widthShiftRange = ShiftRange.among("widthShiftRange", shifts);
    return this;
  }

  /** Shifts up or down by up to this: below 1 a fraction of the height, else pixels; default 0. */
  public ImageDataGenerator heightShiftRange(double range) {
    heightShiftRange = ShiftRange.upTo("heightShiftRange", range);
    return this;
  }

  /** Shifts up or down by a whole number of pixels smaller than this, as in Keras. */
  public ImageDataGenerator heightShiftRange(int pixels) {
    heightShiftRange = ShiftRange.below("heightShiftRange", pixels);
    return this;
  }

  /** Shifts up or down by one of these: fractions of the height if all are below 1, else pixels. */
  public ImageDataGenerator heightShiftRange(double[] shifts) {
    heightShiftRange = ShiftRange.among("heightShiftRange", shifts);
    return this;
  }

  /** Shears by up to this many degrees either way; default 0. */
  public ImageDataGenerator shearRange(double degrees) {
    shearRange = Ranges.nonNegative("shearRange", degrees);
    return this;
  }

  /** Zooms height and width, each by its own factor from 1 - range to 1 + range; default 0. */
  public ImageDataGenerator zoomRange(double range) {
    Ranges.nonNegative("zoomRange", range);
    return zoomRange(1 - range, 1 + range);
  }

  /** Zooms height and width, each by its own factor between these; above 1 shrinks the picture. */
  public ImageDataGenerator zoomRange(double from, double to) {
    Ranges.ordered("zoomRange", from, to);
    zoomFrom = from;
    zoomTo = to;
    return this;
  }

  /** Whether to exchange left and right in half of the pictures; default false. */
  public ImageDataGenerator horizontalFlip(boolean flip) {
    horizontalFlip = flip;
    return this;
  }

  /** Whether to exchange top and bottom in half of the pictures; default false. */
  public ImageDataGenerator verticalFlip(boolean flip) {
    verticalFlip = flip;
    return this;
  }

  /**
   * Multiplies by a factor between these; default not at all. As in Keras, the picture comes out in
   * whole levels from 0 to 255, its largest value stretched to 255 before it is multiplied.
   */
  public ImageDataGenerator brightnessRange(double from, double to) {
    Ranges.ordered("brightnessRange", from, to);
    brightnessRange = new double[] {from, to};
    return this;
  }

  /** Adds up to this to all values, or takes it away, in units of the pictures; default 0. */
  public ImageDataGenerator channelShiftRange(double range) {
    channelShiftRange = Ranges.nonNegative("channelShiftRange", range);
    return this;
  }

  /** What comes in from outside the picture; default {@link FillMode#NEAREST}. */
  public ImageDataGenerator fillMode(FillMode mode) {
    fillMode = mode;
    return this;
  }

  /** The value outside the picture, for {@link FillMode#CONSTANT}; default 0. */
  public ImageDataGenerator cval(double value) {
    cval = (float) Ranges.finite("cval", value);
    return this;
  }

  /**
   * What {@link #randomTransform} does to this picture in this epoch.
   *
   * @param height of the picture in pixels
   * @param width of the picture in pixels
   */
  public ImageTransform getRandomTransform(
      int height, int width, long seed, long epoch, long picture) {
    long stream = CounterRandom.bits(CounterRandom.bits(seed, epoch), picture);
    return new ImageTransform(
        between(-rotationRange, rotationRange, stream, 0),
        heightShiftRange.draw(
            CounterRandom.uniform(stream, 1), CounterRandom.uniform(stream, 2), height),
        widthShiftRange.draw(
            CounterRandom.uniform(stream, 3), CounterRandom.uniform(stream, 4), width),
        between(-shearRange, shearRange, stream, 5),
        between(zoomFrom, zoomTo, stream, 6),
        between(zoomFrom, zoomTo, stream, 7),
        horizontalFlip && CounterRandom.uniform(stream, 8) < 0.5,
        verticalFlip && CounterRandom.uniform(stream, 9) < 0.5,
        channelShiftRange == 0 ? null : between(-channelShiftRange, channelShiftRange, stream, 10),
        brightnessRange == null
            ? null
            : between(brightnessRange[0], brightnessRange[1], stream, 11));
  }

  /**
   * Moves, shifts the values, flips and brightens, in this order.
   *
   * @param x [height, width, channels]
   * @return a new picture of the same shape
   * @throws ShapeException if {@code x} has another rank
   * @throws IllegalArgumentException if there is a brightness and not one, three or four channels
   */
  public Tensor applyTransform(Tensor x, ImageTransform transform) {
    Shape shape = checked(x);
    int height = shape.dim(0);
    int width = shape.dim(1);
    int channels = shape.dim(2);
    float[] values = x.toArray();
    if (transform.moves()) {
      values =
          new AffineResampling(fillMode, cval)
              .apply(transform.matrix(height, width), values, height, width, channels);
    }
    Double intensity = transform.channelShiftIntensity();
    if (intensity != null) {
      ValueShift.channelShift(intensity.floatValue(), values);
    }
    if (transform.flipHorizontal() || transform.flipVertical()) {
      values = flipped(transform, values, height, width, channels);
    }
    Double brightness = transform.brightness();
    if (brightness != null) {
      ValueShift.brightness(brightness.floatValue(), values, channels);
    }
    return Tensor.of(shape, values);
  }

  /**
   * A picture as it is in this epoch.
   *
   * @param x [height, width, channels]
   * @param picture its index in the dataset, whatever the order of the epoch
   * @return a new picture of the same shape
   * @throws ShapeException if {@code x} has another rank
   * @throws IllegalArgumentException if there is a brightness and not one, three or four channels
   */
  public Tensor randomTransform(Tensor x, long seed, long epoch, long picture) {
    Shape shape = checked(x);
    return applyTransform(x, getRandomTransform(shape.dim(0), shape.dim(1), seed, epoch, picture));
  }

  private static Shape checked(Tensor x) {
    if (x.shape().rank() != 3) {
      throw new ShapeException(
          "ImageDataGenerator: expected [height, width, channels], found " + x.shape());
    }
    return x.shape();
  }

  private static double between(double low, double high, long stream, long index) {
    return low + (high - low) * CounterRandom.uniform(stream, index);
  }

  private static float[] flipped(
      ImageTransform transform, float[] values, int height, int width, int channels) {
    float[] output = new float[values.length];
    for (int y = 0; y < height; y++) {
      int fromY = transform.flipVertical() ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int fromX = transform.flipHorizontal() ? width - 1 - x : x;
        System.arraycopy(
            values,
            (fromY * width + fromX) * channels,
            output,
            (y * width + x) * channels,
            channels);
      }
    }
    return output;
  }
}

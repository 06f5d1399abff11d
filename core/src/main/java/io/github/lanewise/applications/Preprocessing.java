package io.github.lanewise.applications;

/**
 * What a network expects of its pixels: Keras's {@code preprocess_input}, by the modes of {@code
 * keras/src/applications/imagenet_utils.py}.
 */
public enum Preprocessing {
  /** BGR, the means of ImageNet subtracted, not scaled: VGG and ResNet. */
  CAFFE,
  /** RGB in [-1, 1]: InceptionV3 and ResNetV2. */
  TF,
  /** RGB in [0, 1], normalized with the means and deviations of ImageNet: DenseNet. */
  TORCH,
  /** RGB in [0, 255] as it is: EfficientNet and MobileNetV3, which begin by scaling it. */
  NONE;

  private static final float[] BGR_MEAN = {103.939f, 116.779f, 123.68f};
  private static final float[] RGB_MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] RGB_DEVIATION = {0.229f, 0.224f, 0.225f};

  /**
   * Preprocesses pixels in place.
   *
   * @param pixels RGB in [0, 255], channels last: red, green, blue of each pixel in turn
   * @throws IllegalArgumentException if the number of values is not a multiple of 3
   */
  public void apply(float[] pixels) {
    if (pixels.length % 3 != 0) {
      throw new IllegalArgumentException(
          "pixels: expected a multiple of 3 values, found " + pixels.length);
    }
    for (int i = 0; i < pixels.length; i += 3) {
      if (this == CAFFE) {
        float red = pixels[i];
        pixels[i] = pixels[i + 2];
        pixels[i + 2] = red;
      }
      for (int c = 0; c < 3; c++) {
        pixels[i + c] = channel(pixels[i + c], c);
      }
    }
  }

  private float channel(float value, int c) {
    return switch (this) {
      case CAFFE -> value - BGR_MEAN[c];
      case TF -> value / 127.5f - 1;
      case TORCH -> (value / 255 - RGB_MEAN[c]) / RGB_DEVIATION[c];
      case NONE -> value;
    };
  }
}

package io.github.lanewise.image;

/** Ways to bring a picture to another size. */
public enum Resize {

  /**
   * The pixel under the centre of each new pixel, as Pillow's {@code NEAREST}, which is what
   * Keras's {@code load_img} and {@code flow_from_directory} use by default.
   */
  NEAREST {
    @Override
    public void apply(Picture picture, int height, int width, float[] output, int offset) {
      int[] columns = nearest(picture.width(), width);
      int[] rows = nearest(picture.height(), height);
      byte[] rgb = picture.rgb();
      int out = offset;
      for (int y = 0; y < height; y++) {
        int row = rows[y] * picture.width();
        for (int x = 0; x < width; x++) {
          int in = (row + columns[x]) * Picture.CHANNELS;
          output[out++] = Byte.toUnsignedInt(rgb[in]);
          output[out++] = Byte.toUnsignedInt(rgb[in + 1]);
          output[out++] = Byte.toUnsignedInt(rgb[in + 2]);
        }
      }
    }
  },

  /**
   * Linear interpolation between the four pixels around the centre of each new pixel, without
   * smoothing where the picture shrinks, as {@code tf.image.resize} and {@code
   * image_dataset_from_directory} do by default (half-pixel centres, {@code antialias=False}).
   */
  BILINEAR {
    @Override
    public void apply(Picture picture, int height, int width, float[] output, int offset) {
      float scaleY = (float) picture.height() / height;
      float scaleX = (float) picture.width() / width;
      int out = offset;
      for (int y = 0; y < height; y++) {
        float sourceY = (y + 0.5f) * scaleY - 0.5f;
        for (int x = 0; x < width; x++) {
          float sourceX = (x + 0.5f) * scaleX - 0.5f;
          for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            output[out++] = interpolate(picture, sourceY, sourceX, channel);
          }
        }
      }
    }
  },

  /**
   * Means by a triangle that grows where the picture shrinks, in whole levels, as Pillow's {@code
   * BILINEAR}, which is what Keras's {@code load_img} and {@code flow_from_directory} do with
   * {@code interpolation="bilinear"}; {@code antialias=True} of {@code tf.image.resize} but for
   * rounding.
   */
  BILINEAR_ANTIALIAS {
    @Override
    public void apply(Picture picture, int height, int width, float[] output, int offset) {
      byte[] rows =
          new TriangleFilter(picture.width(), width)
              .apply(picture.rgb(), picture.height(), Picture.CHANNELS);
      byte[] levels =
          new TriangleFilter(picture.height(), height).apply(rows, 1, width * Picture.CHANNELS);
      for (int i = 0; i < levels.length; i++) {
        output[offset + i] = Byte.toUnsignedInt(levels[i]);
      }
    }
  };

  /**
   * Resizes a picture.
   *
   * @param height wanted, in pixels
   * @param width wanted, in pixels
   * @param output receives [height, width, 3] values from 0 to 255
   * @param offset index of the first value
   */
  public abstract void apply(Picture picture, int height, int width, float[] output, int offset);

  /**
   * Indices by running sum, as Pillow's {@code ImagingScaleAffine}: ties round as they do there.
   */
  private static int[] nearest(int from, int to) {
    int[] indices = new int[to];
    double scale = (double) from / to;
    double source = scale * 0.5;
    for (int i = 0; i < to; i++) {
      indices[i] = Math.min((int) source, from - 1);
      source += scale;
    }
    return indices;
  }

  private static float interpolate(Picture picture, float y, float x, int channel) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    int y0 = Math.max(top, 0);
    int x0 = Math.max(left, 0);
    int y1 = Math.min(top + 1, picture.height() - 1);
    int x1 = Math.min(left + 1, picture.width() - 1);
    float upper = mix(picture.at(y0, x0, channel), picture.at(y0, x1, channel), x - left);
    float lower = mix(picture.at(y1, x0, channel), picture.at(y1, x1, channel), x - left);
    return mix(upper, lower, y - top);
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }
}

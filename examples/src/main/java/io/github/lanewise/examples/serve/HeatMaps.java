package io.github.lanewise.examples.serve;

import io.github.lanewise.examples.report.ExplainedPicture;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.Resize;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.GradCam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small pictures with heat maps over them, as PNG. */
final class HeatMaps {

  /** Height and width at most, in pixels. */
  static final int SIZE = 512;

  private HeatMaps() {}

  /** The picture, shrunk to {@link #SIZE} where it is larger. */
  static Picture small(Picture picture) {
    int longer = Math.max(picture.width(), picture.height());
    if (longer <= SIZE) {
      return picture;
    }
    int width = Math.max(1, (int) ((long) picture.width() * SIZE / longer));
    int height = Math.max(1, (int) ((long) picture.height() * SIZE / longer));
    float[] values = new float[height * width * Picture.CHANNELS];
    Resize.BILINEAR.apply(picture, height, width, values, 0);
    byte[] rgb = new byte[values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.round(values[i]);
    }
    return new Picture(width, height, rgb);
  }

  /**
   * What speaks for a label.
   *
   * @param x the picture as the network sees it, [1, h, w, 3]
   * @param picture what is drawn
   * @param label 0 or 1
   * @return a PNG file
   */
  static byte[] png(GradCam gradCam, Tensor x, Picture picture, int label) {
    Tensor map = gradCam.heatMap(x, 0, label == 0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(ExplainedPicture.draw(picture, map), "png", out)) {
        throw new IllegalStateException("this JDK has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

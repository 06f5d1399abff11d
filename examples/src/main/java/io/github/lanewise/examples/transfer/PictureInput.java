package io.github.lanewise.examples.transfer;

import io.github.lanewise.image.ImageFolder;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.image.Resize;
import io.github.lanewise.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How pictures become a model's input.
 *
 * @param size height and width in pixels
 * @param resize how they are brought to that size
 * @param scaling how their values are mapped
 */
public record PictureInput(int size, Resize resize, Scaling scaling) {

  /** To what the values 0 to 255 are mapped. */
  public enum Scaling {
    /** -1 to 1, for which InceptionV3 was trained. */
    SYMMETRIC,
    /** 0 to 1, as the course does. */
    UNIT;

    /** The map. */
    public Rescale rescale() {
      return this == UNIT ? Rescale.UNIT : Rescale.SYMMETRIC;
    }
  }

  /** The shape of one input. */
  public Shape shape() {
    return Shape.of(size, size, Picture.CHANNELS);
  }

  /** Writes a picture's input, from {@code offset} on. */
  public void write(Picture picture, float[] x, int offset) {
    resize.apply(picture, size, size, x, offset);
    scaling.rescale().apply(shape().size(), x, offset);
  }

  /**
   * A directory of class folders.
   *
   * @throws IOException if it is not that
   */
  public ImageFolder folder(Path directory, ImageFolder.UnreadableListener listener)
      throws IOException {
    return ImageFolder.of(directory, size, size)
        .resize(resize)
        .rescale(scaling.rescale())
        .onUnreadable(listener)
        .open();
  }
}

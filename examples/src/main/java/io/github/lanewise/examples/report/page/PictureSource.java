package io.github.lanewise.examples.report.page;

import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.image.ImageFolder;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureException;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.train.Dataset;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The pictures of a dataset that could be read, in its order, in their own sizes. */
final class PictureSource {

  private final Dataset data;
  private final int[] indices;

  /**
   * The pictures of a dataset.
   *
   * @param data an {@link ImageFolder} or {@link DrawnPictures}
   */
  PictureSource(Dataset data) {
    this.data = data;
    this.indices =
        IntStream.range(0, data.size())
            .filter(i -> !(data instanceof ImageFolder folder && folder.unreadable(i)))
            .toArray();
  }

  /** The number of pictures. */
  int size() {
    return indices.length;
  }

  /** What a picture is called: folder and file. */
  String name(int picture) {
    if (data instanceof ImageFolder folder) {
      Path file = folder.file(indices[picture]);
      return folder.classNames().get(folder.label(indices[picture])) + "/" + file.getFileName();
    }
    return "drawing " + (indices[picture] + 1);
  }

  /**
   * A picture.
   *
   * @throws PictureException if it can no longer be read
   */
  Picture picture(int picture) throws PictureException {
    if (data instanceof ImageFolder folder) {
      return PictureReader.asStored().read(folder.file(indices[picture]));
    }
    if (data instanceof DrawnPictures drawn) {
      return drawn.picture(indices[picture]);
    }
    throw new IllegalArgumentException("PictureSource: no pictures in " + data.getClass());
  }
}

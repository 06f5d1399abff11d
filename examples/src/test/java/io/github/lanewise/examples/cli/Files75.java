package io.github.lanewise.examples.cli;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.Rescale;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Weights and pictures for a network of 75 x 75 pixels, the smallest that there is. */
final class Files75 {

  private Files75() {}

  /** Untrained weights in the official file's layout. */
  static Path weights(Path directory) throws IOException {
    Path file = directory.resolve("weights.h5");
    KerasWeights.save(InceptionV3.notop(75, 75), file);
    return file;
  }

  /** A folder with train and validation, as many drawn cats as dogs in each. */
  static Path pictures(Path directory) throws IOException {
    Path data = directory.resolve("data");
    write(DrawnPictures.draw(12, 90, Rescale.UNIT, 1), data.resolve("train"));
    write(DrawnPictures.draw(6, 90, Rescale.UNIT, 2), data.resolve("validation"));
    return data;
  }

  private static void write(DrawnPictures pictures, Path directory) throws IOException {
    for (int i = 0; i < pictures.size(); i++) {
      String label = DrawnPictures.classNames().get(i < pictures.size() / 2 ? 0 : 1);
      Files.createDirectories(directory.resolve(label));
      jpeg(pictures.picture(i), directory.resolve(label).resolve(i + ".jpg"));
    }
  }

  static void jpeg(Picture picture, Path file) throws IOException {
    ImageIO.write(image(picture), "jpeg", file.toFile());
  }

  private static BufferedImage image(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(
            x, y, picture.at(y, x, 0) << 16 | picture.at(y, x, 1) << 8 | picture.at(y, x, 2));
      }
    }
    return image;
  }

  /** Cuts a file in half. */
  static void halve(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }
}

package io.github.lanewise.examples.transfer;

import io.github.lanewise.examples.sample.DrawnPictures;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.image.ImageFolder;
import io.github.lanewise.image.ImageFolder.UnreadableListener;
import io.github.lanewise.train.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of two classes.
 *
 * @param training to train on
 * @param validation to validate on
 * @param labels the names of the classes, by label
 */
public record Pictures(Dataset training, Dataset validation, List<String> labels) {

  /**
   * Photographs in {@code train} and {@code validation}, each with a folder a class.
   *
   * @throws IOException if the directory is not like that
   */
  public static Pictures in(Path directory, PictureInput input, UnreadableListener listener)
      throws IOException {
    for (String part : List.of("train", "validation")) {
      if (!Files.isDirectory(directory.resolve(part))) {
        throw new NoSuchFileException(
            directory.resolve(part).toString(),
            null,
            "no such directory; expected train and validation, each with a folder a class");
      }
    }
    ImageFolder training = input.folder(directory.resolve("train"), listener);
    ImageFolder validation = input.folder(directory.resolve("validation"), listener);
    List<String> labels = training.classNames();
    if (labels.size() != 2 || !labels.equals(validation.classNames())) {
      throw new IOException(
          directory
              + ": expected the same two class folders for training and validation, found "
              + labels
              + " and "
              + validation.classNames());
    }
    return new Pictures(training, validation, labels);
  }

  /** The embedded sample's. */
  public static Pictures drawn(Sample sample, PictureInput input) {
    return new Pictures(
        sample.training(input.scaling().rescale()),
        sample.validation(input.scaling().rescale()),
        DrawnPictures.classNames());
  }

  /** The pictures that could not be read so far. */
  public int unreadable() {
    int count = 0;
    for (Dataset dataset : List.of(training, validation)) {
      count += dataset instanceof ImageFolder folder ? folder.unreadableCount() : 0;
    }
    return count;
  }
}

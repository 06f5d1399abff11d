package io.github.lanewise.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A directory with one folder of pictures a class, as Keras's {@code flow_from_directory} reads it.
 * Classes are numbered in the order of their folders' names, samples go by class and then by file
 * name. Taken for pictures are files that end in bmp, gif, jpeg, jpg or png, in capitals or not;
 * hidden ones and folders within are not.
 */
public final class ImageFolder extends ImageFiles {

  /** Told of each picture that can not be read, when it is first met. */
  @FunctionalInterface
  public interface UnreadableListener {
    /**
     * A picture is left out.
     *
     * @param reason why it can not be read, without its name
     */
    void unreadable(Path file, String reason);
  }

  private ImageFolder(ClassFolders folders, Builder options, ClassMode classMode) {
    super(
        folders.names(),
        folders.files().stream().flatMap(List::stream).toList(),
        IntStream.range(0, folders.names().size())
            .boxed()
            .flatMap(c -> Collections.nCopies(folders.files().get(c).size(), c).stream())
            .toList(),
        options,
        classMode);
  }

  /**
   * Pictures of a directory, each resized to {@code height} x {@code width}.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public static Builder of(Path directory, int height, int width) {
    return new Builder(directory, height, width);
  }

  /** Options of an {@link ImageFolder}. */
  public static final class Builder extends Options<Builder> {

    private final Path directory;

    private Builder(Path directory, int height, int width) {
      super("ImageFolder", height, width);
      this.directory = directory;
    }

    private Builder(Builder other) {
      super(other);
      directory = other.directory;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Lists the directory.
     *
     * @throws java.nio.file.FileSystemException if it is missing or not a directory, has less than
     *     two class folders, or one without pictures, or not the two that binary targets need; the
     *     message names the directory at fault
     */
    public ImageFolder open() throws IOException {
      ClassFolders folders = ClassFolders.list(directory);
      ClassMode mode = classMode(folders.names().size());
      if (mode == null) {
        throw ClassFolders.failure(
            directory, "expected 2 class folders for binary targets, found " + folders.names());
      }
      return new ImageFolder(folders, new Builder(this), mode);
    }
  }
}

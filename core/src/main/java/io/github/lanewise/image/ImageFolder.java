package io.github.lanewise.image;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.train.Dataset;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * A directory with one folder of pictures a class, as Keras's {@code flow_from_directory} reads it.
 * Classes are numbered in the order of their folders' names, samples go by class and then by file
 * name. Taken for pictures are files that end in bmp, gif, jpeg, jpg or png, in capitals or not;
 * hidden ones and folders within are not. Pictures are decoded each time they are read.
 */
public final class ImageFolder implements Dataset {

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

  private final ClassFolders folders;
  private final Builder options;
  private final ClassMode classMode;
  private final List<Path> files = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final AtomicIntegerArray unreadable;
  private final AtomicInteger unreadableCount = new AtomicInteger();

  private ImageFolder(ClassFolders folders, Builder options, ClassMode classMode) {
    this.folders = folders;
    this.options = options;
    this.classMode = classMode;
    for (int label = 0; label < folders.names().size(); label++) {
      for (Path file : folders.files().get(label)) {
        files.add(file);
        labels.add(label);
      }
    }
    this.unreadable = new AtomicIntegerArray(files.size());
  }

  /**
   * Pictures of a directory, each resized to {@code height} x {@code width}.
   *
   * @throws IllegalArgumentException if a size is less than 1
   */
  public static Builder of(Path directory, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "ImageFolder: expected a height and width of 1 or more, found " + height + " x " + width);
    }
    return new Builder(directory, height, width);
  }

  /** The names of the classes: those of their folders, sorted. */
  public List<String> classNames() {
    return folders.names();
  }

  /** The file of a sample. */
  public Path file(int index) {
    return files.get(index);
  }

  /** The class of a sample, an index of {@link #classNames}. */
  public int label(int index) {
    return labels.get(index);
  }

  /** Whether a sample's picture could not be read when it was last tried. */
  public boolean unreadable(int index) {
    return unreadable.get(index) != 0;
  }

  /** The number of pictures that could not be read so far. */
  public int unreadableCount() {
    return unreadableCount.get();
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(options.height, options.width, Picture.CHANNELS);
  }

  @Override
  public Shape targetShape() {
    return Shape.of(classMode.columns(classNames().size()));
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    Path file = files.get(index);
    if (unreadable.get(index) != 0) {
      return false;
    }
    Picture picture;
    try {
      picture = options.reader.read(file);
    } catch (PictureException e) {
      if (unreadable.compareAndSet(index, 0, 1)) {
        unreadableCount.incrementAndGet();
        options.listener.unreadable(file, e.reason());
      }
      return false;
    }
    options.resize.apply(picture, options.height, options.width, x, xOffset);
    int values = options.height * options.width * Picture.CHANNELS;
    options.rescale.apply(values, x, xOffset);
    classMode.write(labels.get(index), classNames().size(), y, yOffset);
    return true;
  }

  /** Options of an {@link ImageFolder}. */
  public static final class Builder {

    private final Path directory;
    private final int height;
    private final int width;
    private Resize resize = Resize.NEAREST;
    private Rescale rescale = Rescale.UNIT;
    private @Nullable ClassMode classMode;
    private PictureReader reader = PictureReader.asStored();
    private UnreadableListener listener = Builder::log;

    private Builder(Path directory, int height, int width) {
      this.directory = directory;
      this.height = height;
      this.width = width;
    }

    private Builder(Builder other) {
      this(other.directory, other.height, other.width);
      resize = other.resize;
      rescale = other.rescale;
      classMode = other.classMode;
      reader = other.reader;
      listener = other.listener;
    }

    private static void log(Path file, String reason) {
      System.getLogger(ImageFolder.class.getName()).log(Level.WARNING, file + ": " + reason);
    }

    /** How pictures are resized; {@link Resize#NEAREST} by default. */
    public Builder resize(Resize resize) {
      this.resize = resize;
      return this;
    }

    /** How values are rescaled; {@link Rescale#UNIT} by default. */
    public Builder rescale(Rescale rescale) {
      this.rescale = rescale;
      return this;
    }

    /** The form of targets; by default binary for two classes, categorical for more. */
    public Builder classMode(ClassMode classMode) {
      this.classMode = classMode;
      return this;
    }

    /** How files are decoded; {@link PictureReader#asStored} by default. */
    public Builder reader(PictureReader reader) {
      this.reader = reader;
      return this;
    }

    /** Who is told of pictures that can not be read; the log by default. */
    public Builder onUnreadable(UnreadableListener listener) {
      this.listener = listener;
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
      int classes = folders.names().size();
      ClassMode mode = classMode;
      if (mode == null) {
        mode = classes == 2 ? ClassMode.BINARY : ClassMode.CATEGORICAL;
      } else if (mode == ClassMode.BINARY && classes != 2) {
        throw ClassFolders.failure(
            directory, "expected 2 class folders for binary targets, found " + folders.names());
      }
      return new ImageFolder(folders, new Builder(this), mode);
    }
  }
}

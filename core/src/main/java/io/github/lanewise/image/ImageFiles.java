package io.github.lanewise.image;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.train.Dataset;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Files of pictures, each with its class. Pictures are decoded each time they are read; {@link
 * Dataset#cache} keeps them. One that can not be read is reported once and left out.
 */
public abstract sealed class ImageFiles implements Dataset permits ImageFolder, ImageTable {

  private final List<String> classNames;
  private final List<Path> files;
  private final List<Integer> labels;
  private final Options<?> options;
  private final ClassMode classMode;
  private final AtomicIntegerArray unreadable;
  private final AtomicInteger unreadableCount = new AtomicInteger();

  ImageFiles(
      List<String> classNames,
      List<Path> files,
      List<Integer> labels,
      Options<?> options,
      ClassMode classMode) {
    this.classNames = List.copyOf(classNames);
    this.files = List.copyOf(files);
    this.labels = List.copyOf(labels);
    this.options = options;
    this.classMode = classMode;
    this.unreadable = new AtomicIntegerArray(files.size());
  }

  /** The names of the classes by their numbers. */
  public final List<String> classNames() {
    return classNames;
  }

  /** The file of a sample. */
  public final Path file(int index) {
    return files.get(index);
  }

  /** The class of a sample, an index of {@link #classNames}. */
  public final int label(int index) {
    return labels.get(index);
  }

  /** Whether a sample's picture could not be read when it was last tried. */
  public final boolean unreadable(int index) {
    return unreadable.get(index) != 0;
  }

  /** The number of pictures that could not be read so far. */
  public final int unreadableCount() {
    return unreadableCount.get();
  }

  @Override
  public final int size() {
    return files.size();
  }

  @Override
  public final Shape sampleShape() {
    return Shape.of(options.height, options.width, Picture.CHANNELS);
  }

  @Override
  public final Shape targetShape() {
    return Shape.of(classMode.columns(classNames.size()));
  }

  @Override
  public final boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
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
    classMode.write(labels.get(index), classNames.size(), y, yOffset);
    return true;
  }

  /**
   * How pictures and classes become samples.
   *
   * @param <B> the type that its methods return
   */
  public abstract static sealed class Options<B extends Options<B>>
      permits ImageFolder.Builder, ImageTable.Builder {

    final int height;
    final int width;
    private Resize resize = Resize.NEAREST;
    private Rescale rescale = Rescale.UNIT;
    private @Nullable ClassMode classMode;
    private PictureReader reader = PictureReader.asStored();
    private ImageFolder.UnreadableListener listener = Options::log;

    Options(String dataset, int height, int width) {
      if (height < 1 || width < 1) {
        throw new IllegalArgumentException(
            dataset
                + ": expected a height and width of 1 or more, found "
                + height
                + " x "
                + width);
      }
      this.height = height;
      this.width = width;
    }

    Options(Options<?> other) {
      height = other.height;
      width = other.width;
      resize = other.resize;
      rescale = other.rescale;
      classMode = other.classMode;
      reader = other.reader;
      listener = other.listener;
    }

    private static void log(Path file, String reason) {
      System.getLogger(ImageFiles.class.getName()).log(Level.WARNING, file + ": " + reason);
    }

    abstract B self();

    /** How pictures are resized; {@link Resize#NEAREST} by default. */
    public final B resize(Resize resize) {
      this.resize = resize;
      return self();
    }

    /** How values are rescaled; {@link Rescale#UNIT} by default. */
    public final B rescale(Rescale rescale) {
      this.rescale = rescale;
      return self();
    }

    /** The form of targets; by default binary for two classes, categorical for more. */
    public final B classMode(ClassMode classMode) {
      this.classMode = classMode;
      return self();
    }

    /** How files are decoded; {@link PictureReader#asStored} by default. */
    public final B reader(PictureReader reader) {
      this.reader = reader;
      return self();
    }

    /** Who is told of pictures that can not be read; the log by default. */
    public final B onUnreadable(ImageFolder.UnreadableListener listener) {
      this.listener = listener;
      return self();
    }

    /**
     * The form of targets for so many classes; null if binary ones were asked for and can not be.
     */
    final @Nullable ClassMode classMode(int classes) {
      if (classMode == null) {
        return classes == 2 ? ClassMode.BINARY : ClassMode.CATEGORICAL;
      }
      return classMode == ClassMode.BINARY && classes != 2 ? null : classMode;
    }
  }
}

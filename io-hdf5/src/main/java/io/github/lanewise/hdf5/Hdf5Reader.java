package io.github.lanewise.hdf5;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.tensor.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Link;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An open HDF5 file. Whatever is wrong with it is one {@link WeightException} that names the file
 * and says why. Nothing is mapped into memory, so the file can be replaced once this is closed.
 */
final class Hdf5Reader implements AutoCloseable {

  /** What is made of an open file. */
  @FunctionalInterface
  interface Query<T> {
    T read(Hdf5Reader file) throws IOException;
  }

  /** What may meet damage. */
  @FunctionalInterface
  private interface Reading<T> {
    T run() throws IOException;
  }

  private final Path path;
  private final FileChannel channel;
  private final HdfFile hdf;

  private Hdf5Reader(Path path, FileChannel channel, HdfFile hdf) {
    this.path = path;
    this.channel = channel;
    this.hdf = hdf;
  }

  /**
   * Opens a file.
   *
   * @throws WeightException naming the file, if it is missing, not HDF5, cut off or damaged
   */
  static Hdf5Reader open(Path path) {
    return guarded(
        path,
        () -> {
          if (Files.isDirectory(path)) {
            throw new IOException("expected an HDF5 file, found a directory");
          }
          FileChannel channel = FileChannel.open(path);
          try {
            return new Hdf5Reader(path, channel, hdf(channel));
          } catch (Throwable e) {
            channel.close();
            throw e;
          }
        });
  }

  /**
   * Opens a file, lets it be read and closes it.
   *
   * @throws WeightException naming the file, if it is missing, not HDF5, cut off or damaged, or if
   *     the query fails
   */
  static <T> T read(Path path, Query<T> query) {
    try (Hdf5Reader file = open(path)) {
      return file.ask(query);
    }
  }

  /**
   * Lets the file be read. For one thread at a time: jHDF promises nothing else.
   *
   * @throws WeightException naming the file, if it is damaged or the query fails
   */
  <T> T ask(Query<T> query) {
    return guarded(path, () -> query.read(this));
  }

  private static <T> T guarded(Path path, Reading<T> reading) {
    try {
      return reading.run();
    } catch (IOException e) {
      throw new WeightException(path + ": " + AtomicFile.reason(e), e);
    } catch (WeightException e) {
      throw e;
    } catch (NoClassDefFoundError e) {
      // The only classes left out of the class path, since they come with native code.
      throw new WeightException(path + ": compressed by LZ4, which is not supported", e);
    } catch (OutOfMemoryError e) {
      throw new WeightException(path + ": damaged, or too large for the memory there is", e);
    } catch (RuntimeException e) {
      // jHDF meets damage in many ways: its own exceptions, buffers that end, negative sizes.
      throw new WeightException(path + ": damaged, or of an unsupported kind: " + rootCause(e), e);
    }
  }

  private static HdfFile hdf(FileChannel channel) throws IOException {
    if (channel.size() == 0) {
      throw new IOException("expected an HDF5 file, found an empty file");
    }
    HdfFile hdf;
    try {
      hdf = new HdfFile(new FileChannelFromSeekableByteChannel(channel));
    } catch (HdfException e) {
      if (String.valueOf(e.getMessage()).contains("signature")) {
        throw new IOException("expected an HDF5 file, found another kind of file", e);
      }
      throw e;
    }
    long expected = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (channel.size() < expected) {
      throw new IOException("truncated: expected " + expected + " bytes, found " + channel.size());
    }
    return hdf;
  }

  private static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new WeightException(path + ": " + AtomicFile.reason(e), e);
    }
  }

  /** The root group. */
  Group root() {
    return hdf;
  }

  /** The node at a path below a group, links followed; null if there is none. */
  static @Nullable Node find(Group group, String nodePath) {
    Node node = group;
    for (String name : nodePath.split("/")) {
      node = node instanceof Group g ? g.getChild(name) : null;
      if (node instanceof Link link) {
        node = link.getTarget();
      }
    }
    return node;
  }

  /**
   * The elements of a dataset of this file.
   *
   * @throws IOException naming the dataset, if it holds no floats or its elements are missing
   */
  Tensor tensor(Dataset dataset) throws IOException {
    return FloatData.read(dataset, hdf.getHdfBackingStorage());
  }

  /**
   * Reads the elements of a dataset of this file.
   *
   * @param to gets them, row-major from its beginning
   * @return {@code to}
   * @throws IOException naming the dataset, if it holds no floats or its elements are missing
   */
  float[] read(Dataset dataset, float[] to) throws IOException {
    FloatData.read(dataset, hdf.getHdfBackingStorage(), to);
    return to;
  }

  /** The group at a path below another; null if there is none. */
  static @Nullable Group findGroup(Group group, String groupPath) {
    return find(group, groupPath) instanceof Group g ? g : null;
  }

  /** The dataset at a path below a group; null if there is none. */
  static @Nullable Dataset findDataset(Group group, String datasetPath) {
    return find(group, datasetPath) instanceof Dataset d ? d : null;
  }

  /** The attributes of a node that are single strings, sorted by name. */
  static Map<String, String> strings(Node node) {
    Map<String, String> strings = new TreeMap<>();
    for (Attribute attribute : node.getAttributes().values()) {
      if (attribute.getData() instanceof String string) {
        strings.put(attribute.getName(), string);
      }
    }
    return strings;
  }
}

package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FrozenTrunk} computed for a dataset, one row of floats a sample: in memory, or in a
 * temporary file that is removed when this is closed and, should that not happen, when the JVM
 * ends.
 */
public final class FeatureCache implements Dataset, AutoCloseable {

  /** What the names of this process's temporary files start with. */
  static final String FILE_PREFIX = "lanewise-features-" + ProcessHandle.current().pid() + "-";

  private final int rowSize;
  private final Shape targetShape;
  private final float[] targets;
  private final float[] weights;
  private final float @Nullable [] @Nullable [] rows;
  private final @Nullable Path file;
  private final @Nullable FileChannel channel;
  private int size;

  private FeatureCache(int rowSize, Dataset dataset, @Nullable Path file) throws IOException {
    this.rowSize = rowSize;
    this.targetShape = dataset.targetShape();
    this.targets = new float[Math.multiplyExact(dataset.size(), targetShape.size())];
    this.weights = new float[dataset.size()];
    this.rows = file == null ? new float[dataset.size()][] : null;
    this.file = file;
    this.channel =
        file == null
            ? null
            : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  static FeatureCache create(int rowSize, Dataset dataset, long cacheBytes) {
    try {
      if ((long) rowSize * Float.BYTES * dataset.size() <= cacheBytes) {
        return new FeatureCache(rowSize, dataset, null);
      }
      Path file = Files.createTempFile(FILE_PREFIX, ".bin");
      file.toFile().deleteOnExit();
      return new FeatureCache(rowSize, dataset, file);
    } catch (IOException e) {
      throw new UncheckedIOException("FeatureCache: can not make a temporary file: " + e, e);
    }
  }

  /** Adds a batch: the boundary's tensors for it, its targets and weights. */
  void add(List<Tensor> boundary, Batch batch) {
    Tensor y = batch.y();
    Tensor batchWeights = batch.weights();
    for (int i = 0; i < batch.size(); i++) {
      weights[size] = batchWeights == null ? 1 : batchWeights.get(i);
      float[] row = new float[rowSize];
      int at = 0;
      for (Tensor tensor : boundary) {
        float[] part = tensor.rows(i, i + 1).toArray();
        System.arraycopy(part, 0, row, at, part.length);
        at += part.length;
      }
      store(row);
      System.arraycopy(
          y.data(),
          y.offset() + i * targetShape.size(),
          targets,
          size * targetShape.size(),
          targetShape.size());
      size++;
    }
  }

  private void store(float[] row) {
    if (rows != null) {
      rows[size] = row;
      return;
    }
    ByteBuffer bytes = buffer();
    bytes.asFloatBuffer().put(row);
    transfer(bytes, size, true);
  }

  private ByteBuffer buffer() {
    return ByteBuffer.allocate(rowSize * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  private void transfer(ByteBuffer bytes, int index, boolean write) {
    try {
      long position = (long) index * bytes.capacity();
      while (bytes.hasRemaining() && channel != null) {
        int n =
            write
                ? channel.write(bytes, position + bytes.position())
                : channel.read(bytes, position + bytes.position());
        if (n < 0) {
          throw new IOException("the file ends early");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("FeatureCache: " + file + ": " + e.getMessage(), e);
    }
  }

  /** What the rows take in memory. */
  long bytesInMemory() {
    return file == null ? (long) size * rowSize * Float.BYTES : 0;
  }

  /** Whether the rows are in a file rather than in memory. */
  public boolean inFile() {
    return file != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(rowSize);
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public float weight(int index) {
    return weights[index];
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    float[] row = rows == null ? null : rows[index];
    if (row != null) {
      System.arraycopy(row, 0, x, xOffset, rowSize);
    } else {
      ByteBuffer bytes = buffer();
      transfer(bytes, index, false);
      bytes.flip();
      bytes.asFloatBuffer().get(x, xOffset, rowSize);
    }
    int width = targetShape.size();
    System.arraycopy(targets, index * width, y, yOffset, width);
    return true;
  }

  /** Removes the file, where there is one. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("FeatureCache: can not remove " + file + ": " + e, e);
    }
  }
}

package io.github.lanewise.train;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Samples of another dataset, which are read once and kept, as long as memory is left. Which are
 * kept where it is not enough may differ from run to run; what is read does not.
 */
final class CachedDataset extends DatasetView {

  private final AtomicReferenceArray<float[]> rows;
  private final AtomicLong left;
  private final int sampleSize;
  private final int targetSize;

  CachedDataset(Dataset source, long bytes) {
    super(source);
    if (bytes < 0) {
      throw new IllegalArgumentException("cache: expected at least 0 bytes, found " + bytes);
    }
    if (!source.deterministic()) {
      throw new IllegalArgumentException(
          "cache: expected samples that are the same each time, found others each time");
    }
    this.rows = new AtomicReferenceArray<>(source.size());
    this.left = new AtomicLong(bytes);
    this.sampleSize = source.sampleShape().size();
    this.targetSize = source.targetShape().size();
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    float[] row = rows.get(index);
    if (row != null) {
      System.arraycopy(row, 0, x, xOffset, sampleSize);
      System.arraycopy(row, sampleSize, y, yOffset, targetSize);
      return true;
    }
    if (!source.read(index, x, xOffset, y, yOffset)) {
      return false;
    }
    long bytes = (long) (sampleSize + targetSize) * Float.BYTES;
    if (left.addAndGet(-bytes) < 0) {
      left.addAndGet(bytes);
      return true;
    }
    row = new float[sampleSize + targetSize];
    System.arraycopy(x, xOffset, row, 0, sampleSize);
    System.arraycopy(y, yOffset, row, sampleSize, targetSize);
    if (!rows.compareAndSet(index, null, row)) {
      left.addAndGet(bytes);
    }
    return true;
  }
}

package io.github.lanewise.train;

import java.util.stream.IntStream;

/** Some samples of another dataset, in an order of its own. */
final class SubsetDataset extends DatasetView {

  private final int[] indices;

  private SubsetDataset(Dataset source, int[] indices) {
    super(source);
    this.indices = indices;
  }

  /** Samples {@code from} to {@code to - 1}. */
  static Dataset range(Dataset source, int from, int to) {
    return new SubsetDataset(source, IntStream.range(from, to).toArray());
  }

  static int bounded(String method, int count, int size) {
    if (count < 0) {
      throw new IllegalArgumentException(method + ": expected at least 0, found " + count);
    }
    return Math.min(count, size);
  }

  static Dataset shuffled(Dataset source, long seed) {
    if (source.sequential()) {
      throw new IllegalArgumentException(
          "shuffle: expected samples that can be read in any order, found those of an iterator");
    }
    return new SubsetDataset(source, Batches.shuffledOrder(source.size(), seed, 0));
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    return source.read(indices[index], x, xOffset, y, yOffset);
  }
}

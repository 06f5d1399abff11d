package io.github.lanewise.train;

/** A dataset that is read further ahead. */
final class PrefetchingDataset extends DatasetView {

  private final int batches;

  PrefetchingDataset(Dataset source, int batches) {
    super(source);
    if (batches < 1) {
      throw new IllegalArgumentException("prefetch: expected at least 1, found " + batches);
    }
    this.batches = batches;
  }

  @Override
  public int batchesAhead() {
    return batches;
  }
}

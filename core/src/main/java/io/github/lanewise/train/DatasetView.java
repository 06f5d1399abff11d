package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;

/** Another dataset but for what is overridden. */
abstract class DatasetView implements Dataset {

  final Dataset source;

  DatasetView(Dataset source) {
    this.source = source;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Shape sampleShape() {
    return source.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return source.targetShape();
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    return source.read(index, x, xOffset, y, yOffset);
  }

  @Override
  public boolean deterministic() {
    return source.deterministic();
  }

  @Override
  public boolean sequential() {
    return source.sequential();
  }

  @Override
  public int batchesAhead() {
    return source.batchesAhead();
  }

  @Override
  public void skipTo(int epoch) {
    source.skipTo(epoch);
  }
}

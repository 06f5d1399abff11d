package io.github.lanewise.train;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Samples of another dataset, each changed as it is read. */
final class MappedDataset extends DatasetView {

  private final Shape sampleShape;
  private final Shape targetShape;
  private final UnaryOperator<Sample> map;

  MappedDataset(Dataset source, Shape sampleShape, Shape targetShape, UnaryOperator<Sample> map) {
    super(source);
    this.sampleShape = sampleShape;
    this.targetShape = targetShape;
    this.map = map;
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public boolean read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    Tensor xs = Tensor.zeros(source.sampleShape());
    Tensor ys = Tensor.zeros(source.targetShape());
    if (!source.read(index, xs.data(), 0, ys.data(), 0)) {
      return false;
    }
    Sample sample = map.apply(new Sample(xs, ys));
    copy("a sample", sample.x(), sampleShape, x, xOffset);
    copy("a target", sample.y(), targetShape, y, yOffset);
    return true;
  }

  private static void copy(String what, Tensor from, Shape expected, float[] to, int offset) {
    if (!from.shape().equals(expected)) {
      throw new ShapeException(
          "map: expected " + what + " of " + expected + ", found " + from.shape());
    }
    System.arraycopy(from.toArray(), 0, to, offset, from.size());
  }
}

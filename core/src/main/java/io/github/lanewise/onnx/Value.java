package io.github.lanewise.onnx;

import io.github.lanewise.tensor.Shape;

/**
 * A value of a model within an ONNX graph.
 *
 * @param name ONNX's name of it
 * @param shape its shape in Lanewise, channels last
 * @param channelsFirst whether its channels come right after the batch in ONNX; so only from rank 3
 *     up
 */
record Value(String name, Shape shape, boolean channelsFirst) {

  int rank() {
    return shape.rank();
  }

  /** ONNX's place of a dimension; a negative one counts from the end. */
  int axis(int dimension) {
    int at = dimension < 0 ? dimension + rank() : dimension;
    if (!channelsFirst || at == 0) {
      return at;
    }
    return at == rank() - 1 ? 1 : at + 1;
  }
}

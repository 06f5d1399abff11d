package io.github.lanewise.model;

import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Tensor;

/**
 * The weights of one model in a {@link WeightSource}, read one by one. Safe for use by several
 * threads, until one of them closes it.
 */
public interface WeightReader extends AutoCloseable {

  /**
   * Reads a weight. It is not kept: asked again, it is read again.
   *
   * @param parameter one of those of the model that the source was opened for
   * @param to gets the values, row-major from its beginning; it may be longer
   * @throws WeightException if the weight can not be read; then {@code to} holds anything
   * @throws IllegalArgumentException if the model has no such parameter
   */
  void read(Parameter parameter, float[] to);

  /**
   * Reads a weight into a new tensor.
   *
   * @param parameter one of those of the model that the source was opened for
   * @throws WeightException if the weight can not be read
   * @throws IllegalArgumentException if the model has no such parameter
   */
  default Tensor read(Parameter parameter) {
    Tensor values = Tensor.zeros(parameter.shape());
    read(parameter, values.data());
    return values;
  }

  /** Closes what the weights are read from. */
  @Override
  void close();
}

package io.github.lanewise.examples.transfer;

import io.github.lanewise.train.Dataset;

/** Looks at the head that was trained with dropout while the trunk's outputs are still there. */
@FunctionalInterface
public interface Examiner {

  /**
   * Looks.
   *
   * @param training what it was trained on: the trunk's outputs, or pictures that are other ones in
   *     each epoch
   * @param validation the trunk's outputs for the validation pictures that can be read, in order
   */
  void examine(Head head, Dataset training, Dataset validation);
}

package io.github.lanewise.examples.transfer;

import org.jspecify.annotations.Nullable;

/**
 * How heads are trained.
 *
 * @param epochs passes over the pictures
 * @param batch pictures that go through the network together
 * @param accumulate batches a step of the optimizer
 * @param learningRate RMSprop's
 * @param dropout the share that the second run drops
 * @param seed where the random numbers start
 * @param cacheBytes what the trunk's outputs may take in memory
 * @param augment whether the training pictures are other ones in each epoch
 * @param unfreezing how the trunk's upper layers are retrained afterwards; null for not at all
 */
public record TrainingOptions(
    int epochs,
    int batch,
    int accumulate,
    double learningRate,
    double dropout,
    long seed,
    long cacheBytes,
    boolean augment,
    @Nullable Unfreezing unfreezing) {

  /**
   * What happens once the head is trained: from a layer up, the trunk learns too.
   *
   * @param layer the first layer that does, by Keras's order
   * @param learningRate RMSprop's
   * @param recompute whether the trunk's blocks are computed again on the way back, rather than
   *     kept
   */
  public record Unfreezing(String layer, double learningRate, boolean recompute) {}
}

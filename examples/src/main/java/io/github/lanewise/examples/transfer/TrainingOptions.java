package io.github.lanewise.examples.transfer;

/**
 * How heads are trained.
 *
 * @param epochs passes over the pictures
 * @param batch pictures a step
 * @param learningRate RMSprop's
 * @param dropout the share that the second run drops
 * @param seed where the random numbers start
 * @param cacheBytes what the trunk's outputs may take in memory
 * @param augment whether the training pictures are other ones in each epoch
 */
public record TrainingOptions(
    int epochs,
    int batch,
    double learningRate,
    double dropout,
    long seed,
    long cacheBytes,
    boolean augment) {}

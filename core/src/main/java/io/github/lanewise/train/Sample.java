package io.github.lanewise.train;

import io.github.lanewise.tensor.Tensor;

/**
 * One sample of a {@link Dataset}, without a batch.
 *
 * @param x the input
 * @param y the target
 */
public record Sample(Tensor x, Tensor y) {}

/** Optimizers, losses, metrics, callbacks and the training loop. */
@NullMarked
package io.github.lanewise.train;

import org.jspecify.annotations.NullMarked;

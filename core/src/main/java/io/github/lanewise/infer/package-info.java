/** Inference plans compiled from models, and the sessions that run them. */
@NullMarked
package io.github.lanewise.infer;

import org.jspecify.annotations.NullMarked;

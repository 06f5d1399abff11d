/** Measuring how fast networks run here. */
@NullMarked
package io.github.lanewise.examples.benchmark;

import org.jspecify.annotations.NullMarked;

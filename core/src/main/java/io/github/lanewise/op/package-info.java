/** One op a file: shape rule, forward, backward. */
@NullMarked
package io.github.lanewise.op;

import org.jspecify.annotations.NullMarked;

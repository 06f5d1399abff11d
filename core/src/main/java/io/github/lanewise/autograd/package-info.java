/** Reverse-mode differentiation on a tape. */
@NullMarked
package io.github.lanewise.autograd;

import org.jspecify.annotations.NullMarked;

/** Plain loops: the specification, and what runs where the vector module is absent. */
@NullMarked
package io.github.lanewise.kernels.scalar;

import org.jspecify.annotations.NullMarked;

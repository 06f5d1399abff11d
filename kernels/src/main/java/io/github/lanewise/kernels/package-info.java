/**
 * The routines the engine needs, as one interface on float arrays, and the choice between scalar
 * and SIMD.
 */
@NullMarked
package io.github.lanewise.kernels;

import org.jspecify.annotations.NullMarked;

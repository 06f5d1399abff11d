/** Kernels on the Vector API, the only code that touches jdk.incubator.vector. */
@NullMarked
package io.github.lanewise.kernels.simd;

import org.jspecify.annotations.NullMarked;

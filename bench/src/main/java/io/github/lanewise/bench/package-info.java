/** JMH benchmarks: kernels against the machine's FMA peak and EJML, and whole networks. */
@NullMarked
package io.github.lanewise.bench;

import org.jspecify.annotations.NullMarked;

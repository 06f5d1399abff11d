/** Kernels on float arrays: scalar loops, and SIMD where the vector module is present. */
module io.github.lanewise.kernels {
  requires static org.jspecify;
  requires static jdk.incubator.vector;

  exports io.github.lanewise.kernels;
}

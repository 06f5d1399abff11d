package io.github.lanewise.bench.report;

import java.util.Map;

/**
 * What one benchmark came to.
 *
 * @param benchmark class and method, {@code GemmBenchmark.lanewise}
 * @param parameters by name
 * @param vectorBits width of vectors, 0 for scalar kernels; -1 where the file does not say
 * @param micros median time of a call over all iterations of all forks
 * @param fastest the time of a call in the fastest iteration
 * @param peak GFLOP/s of the FMA peak measured before it in the same run; NaN if none was
 */
record Score(
    String benchmark,
    Map<String, String> parameters,
    int vectorBits,
    double micros,
    double fastest,
    double peak) {

  /** NaN where calls are not counted in floating-point operations. */
  double gflops() {
    return Work.flops(benchmark, parameters) / micros / 1e3;
  }

  /** Percent of the FMA peak; NaN where one of the two is not known. */
  double percent() {
    return 100 * gflops() / peak;
  }

  /** Whether kernels of this project ran, rather than a peer. */
  boolean ours() {
    return !benchmark.endsWith(".ejml") && !benchmark.endsWith(".onnxRuntimeCall");
  }

  /** Whether it is a score of the same benchmark with the same parameters at the same width. */
  boolean repeats(Score other) {
    return benchmark.equals(other.benchmark)
        && parameters.equals(other.parameters)
        && vectorBits == other.vectorBits;
  }
}

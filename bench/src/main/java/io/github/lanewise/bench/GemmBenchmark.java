package io.github.lanewise.bench;

import io.github.lanewise.kernels.GemmGeometry;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Square matrix products on one thread, beside EJML's: 2 n^3 FLOP each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {

  /** Rows and columns of all three matrices. */
  @Param({"128", "512", "1024"})
  public int n;

  private final Kernels kernels = KernelSelector.kernels();
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /** Draws the matrices. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    a = Draw.floats(n * n, random);
    b = Draw.floats(n * n, random);
    c = new float[n * n];
  }

  /** Ours. */
  @Benchmark
  public float[] lanewise() {
    kernels.gemm(GemmGeometry.dense(n, n, n), a, 0, b, 0, c, 0, false, ParallelLoop.serial());
    return c;
  }

  /** EJML's best for these sizes. */
  @Benchmark
  public FMatrixRMaj ejml() {
    FMatrixRMaj product = FMatrixRMaj.wrap(n, n, c);
    CommonOps_FDRM.mult(FMatrixRMaj.wrap(n, n, a), FMatrixRMaj.wrap(n, n, b), product);
    return product;
  }
}

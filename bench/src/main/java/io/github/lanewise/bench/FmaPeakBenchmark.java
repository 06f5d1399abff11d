package io.github.lanewise.bench;

import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The machine's peak: independent chains of fused multiply-adds on registers, as many as fill its
 * units. The figure {@code flops} is in FLOP a nanosecond, that is GFLOP/s; the other benchmarks
 * are read as a share of its best iteration.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FmaPeakBenchmark {

  private static final int TURNS = 4096;

  private final Kernels kernels = KernelSelector.kernels();

  /** Counts beside the calls. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counters {
    /** Floating-point operations done. */
    public long flops;
  }

  /** Chains of 4096 links. */
  @Benchmark
  public void chains(Counters counters) {
    counters.flops += kernels.multiplyAddChains(TURNS);
  }
}

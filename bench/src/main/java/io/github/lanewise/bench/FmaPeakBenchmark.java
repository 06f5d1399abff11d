package io.github.lanewise.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The machine's peak: twelve independent chains of fused multiply-adds on registers. The score is
 * in FLOP a nanosecond, that is GFLOP/s; the other benchmarks are read as a share of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FmaPeakBenchmark {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int TURNS = 4096;
  private static final int CHAINS = 12;

  /** Widths other than the preferred one run the same loop, so the lanes scale the score below. */
  static final int LANES = SPECIES.length();

  private float factor = 0.999f;
  private float addend = 0.001f;

  /** Multiply by {@link #LANES} for FLOP/ns: JMH needs a constant at compile time. */
  @Benchmark
  @OperationsPerInvocation(2 * TURNS * CHAINS)
  public float fmaPerLane() {
    FloatVector m = FloatVector.broadcast(SPECIES, factor);
    FloatVector b = FloatVector.broadcast(SPECIES, addend);
    FloatVector c0 = b;
    FloatVector c1 = b;
    FloatVector c2 = b;
    FloatVector c3 = b;
    FloatVector c4 = b;
    FloatVector c5 = b;
    FloatVector c6 = b;
    FloatVector c7 = b;
    FloatVector c8 = b;
    FloatVector c9 = b;
    FloatVector c10 = b;
    FloatVector c11 = b;
    for (int i = 0; i < TURNS; i++) {
      c0 = m.fma(b, c0);
      c1 = m.fma(b, c1);
      c2 = m.fma(b, c2);
      c3 = m.fma(b, c3);
      c4 = m.fma(b, c4);
      c5 = m.fma(b, c5);
      c6 = m.fma(b, c6);
      c7 = m.fma(b, c7);
      c8 = m.fma(b, c8);
      c9 = m.fma(b, c9);
      c10 = m.fma(b, c10);
      c11 = m.fma(b, c11);
    }
    FloatVector s0 = c0.add(c1).add(c2).add(c3);
    FloatVector s1 = c4.add(c5).add(c6).add(c7);
    FloatVector s2 = c8.add(c9).add(c10).add(c11);
    return s0.add(s1).add(s2).lane(0);
  }
}

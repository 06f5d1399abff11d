package io.github.lanewise.bench;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The forward pass of InceptionV3 at 150 x 150 up to a layer: 0.919 GMAC a picture to mixed7. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class InceptionV3Benchmark {

  /** Pictures a call. */
  @Param({"1", "20"})
  public int batch;

  /** Threads within a call. */
  @Param({"1", "2"})
  public int threads;

  /** Where the network ends. */
  @Param({"mixed7", "mixed10"})
  public String layer = "";

  private @Nullable InferenceSession session;
  private Tensor x = Tensor.scalar(0);

  /** Compiles the plan. */
  @Setup(Level.Trial)
  public void compile() {
    Model whole = InceptionV3.notop(150, 150);
    Model cut = new Model("cut", List.of(whole.input()), List.of(whole.layer(layer).output()));
    session = InferencePlan.compile(cut).session(Compute.threads(threads), batch);
    Shape shape = Shape.of(batch, 150, 150, 3);
    x = Tensor.of(shape, Draw.floats(shape.size(), new SplittableRandom(1)));
  }

  /** One call. */
  @Benchmark
  public void forward(Blackhole blackhole) {
    if (session != null) {
      blackhole.consume(session.run(x));
    }
  }
}

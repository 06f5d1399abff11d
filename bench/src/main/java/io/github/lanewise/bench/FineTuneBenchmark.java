package io.github.lanewise.bench;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Node;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step of all of InceptionV3 at 150 x 150, global average pooling and Dense 1 sigmoid,
 * batch normalization by the batch's statistics; binary cross-entropy, RMSprop.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 10)
@Measurement(iterations = 3, time = 10)
public class FineTuneBenchmark {

  /** Pictures a step. */
  @Param({"8", "20"})
  public int batch;

  /** Threads within a step. */
  @Param({"1", "2"})
  public int threads;

  private TrainingSteps steps = TrainingSteps.NONE;

  /** The network, at its initial weights. */
  static Model network() {
    Model trunk = InceptionV3.notop(150, 150);
    Node x = new GlobalAveragePooling2D().on(trunk.output());
    return new Model(trunk.input(), new Dense(1).activation(Activation.SIGMOID).on(x));
  }

  /** Makes the network. */
  @Setup(Level.Trial)
  public void create() {
    steps = TrainingSteps.of(network(), batch, 1e-5, Compute.threads(threads));
  }

  /** Ten steps. */
  @Benchmark
  @OperationsPerInvocation(TrainingSteps.COUNT)
  public double step() {
    return steps.run();
  }
}

package io.github.lanewise.bench;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.Input;
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
 * A training step of the course's first head: 37,632 features, Dense 1024 relu, Dropout 0.2, Dense
 * 1 sigmoid; binary cross-entropy, RMSprop.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class HeadStepBenchmark {

  /** Samples a step. */
  @Param({"20"})
  public int batch;

  /** Threads within a step. */
  @Param({"1", "2"})
  public int threads;

  private TrainingSteps steps = TrainingSteps.NONE;

  /** The head, at its initial weights. */
  static Model head() {
    Node input = Input.of(7, 7, 768);
    Node x = new Flatten().on(input);
    x = new Dense(1024).activation(Activation.RELU).on(x);
    x = new Dropout(0.2).seed(1).on(x);
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).on(x));
  }

  /** Makes the head. */
  @Setup(Level.Trial)
  public void create() {
    steps = TrainingSteps.of(head(), batch, 1e-4, Compute.threads(threads));
  }

  /** Ten steps. */
  @Benchmark
  @OperationsPerInvocation(TrainingSteps.COUNT)
  public double step() {
    return steps.run();
  }
}

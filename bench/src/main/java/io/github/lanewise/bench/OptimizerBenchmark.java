package io.github.lanewise.bench;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.train.Adam;
import io.github.lanewise.train.AdamW;
import io.github.lanewise.train.Optimizer;
import io.github.lanewise.train.RMSprop;
import io.github.lanewise.train.SGD;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * One step of an optimizer over a matrix of weights, its gradient stored whole, on one thread: the
 * speed of memory, or of the cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OptimizerBenchmark {

  /** Keras's name. */
  @Param({"rmsprop", "sgd", "adam", "adamw"})
  public String optimizer = "";

  /** Rows of the matrix, of 1024 columns: 37,632 is the course's first head. */
  @Param({"64", "37632"})
  public int rows;

  private final Compute compute = Compute.threads(1);
  private Optimizer rule = new SGD(0);
  private float[] gradient = {};
  private @Nullable Parameter weights;

  /** Makes the weights and draws their gradient. */
  @Setup
  public void draw() {
    Dense layer = new Dense(1024);
    layer.on(Input.of(rows));
    weights = layer.parameters().get(0);
    gradient = Draw.floats(weights.value().size(), new SplittableRandom(1));
    rule =
        switch (optimizer) {
          case "rmsprop" -> new RMSprop(1e-4);
          case "sgd" -> new SGD(1e-4, 0.9, false);
          case "adam" -> new Adam(1e-4);
          case "adamw" -> new AdamW(1e-4);
          default -> throw new IllegalArgumentException(optimizer);
        };
  }

  /** One step. */
  @Benchmark
  public void step() {
    if (weights == null) {
      throw new IllegalStateException("no weights");
    }
    rule.beginStep();
    rule.update(compute, weights).applyAll(gradient.length, gradient, 0, compute.loop());
    rule.endStep(compute);
  }
}

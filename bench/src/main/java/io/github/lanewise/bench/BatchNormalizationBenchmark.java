package io.github.lanewise.bench;

import io.github.lanewise.kernels.Compute;
import io.github.lanewise.op.BatchNormalizationTraining;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
 * Batch normalization by the batch's statistics as in InceptionV3 (no gamma), forward and backward,
 * on one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchNormalizationBenchmark {

  /** Samples a call. */
  @Param({"8", "20"})
  public int batch;

  /** Height, which is the width too, and channels. */
  @Param({"72:64", "33:192", "16:96", "7:192", "3:384"})
  public String shape = "";

  private final BatchNormalizationTraining op =
      new BatchNormalizationTraining(1e-3f, 0.99f, false, true);
  private final Compute compute = Compute.threads(1);
  private List<Tensor> inputs = List.of();
  private List<Tensor> gradients = List.of();
  private Tensor output = Tensor.scalar(0);
  private Tensor outputGradient = Tensor.scalar(0);

  /** Draws x and the output's gradient. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    int size = Integer.parseInt(shape.split(":")[0]);
    int channels = Integer.parseInt(shape.split(":")[1]);
    Shape x = Shape.of(batch, size, size, channels);
    Tensor beta = Tensor.zeros(channels);
    inputs =
        List.of(
            Tensor.of(x, Draw.floats(x.size(), random)),
            beta,
            Tensor.zeros(channels),
            Tensor.zeros(channels));
    gradients =
        Arrays.asList(
            Tensor.zeros(batch, size, size, channels), Tensor.zeros(channels), null, null);
    output = Tensor.zeros(batch, size, size, channels);
    outputGradient = Tensor.of(x, Draw.floats(x.size(), random));
  }

  /** Mean, variance, moving averages and the output. */
  @Benchmark
  public Tensor forward() {
    op.forward(compute, inputs, output);
    return output;
  }

  /** Adds the gradients of x and beta. */
  @Benchmark
  public Tensor backward() {
    op.backward(compute, inputs, output, outputGradient, gradients);
    return outputGradient;
  }
}

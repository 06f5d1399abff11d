package io.github.lanewise.bench;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
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
 * Gradients of the convolutions of InceptionV3 at 150 x 150, on one thread, as a training step asks
 * for them: filters are packed in the call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Conv2dGradientBenchmark extends InceptionV3Conv2d {

  /** Samples a call. */
  @Param({"8", "20"})
  public int batch;

  private final Kernels kernels = KernelSelector.kernels();
  private final ParallelLoop loop = ParallelLoop.serial();
  private float[] input = {};
  private float[] filter = {};
  private float[] outputGradient = {};
  private float[] inputGradient = {};
  private float[] filterGradient = {};

  /** Draws input, filter and the output's gradient. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    Conv2dGeometry g = shape().geometry(batch);
    int taps = g.filterHeight() * g.filterWidth() * g.inputChannels();
    input = Draw.floats(batch * g.inputHeight() * g.inputWidth() * g.inputChannels(), random);
    filter = Draw.floats(taps * g.outputChannels(), random);
    outputGradient =
        Draw.floats(batch * g.outputHeight() * g.outputWidth() * g.outputChannels(), random);
    inputGradient = new float[input.length];
    filterGradient = new float[filter.length];
  }

  /** Adds the gradient towards the input: [batch, height, width, channels]. */
  @Benchmark
  public float[] towardsInput() {
    Conv2dGeometry g = shape().geometry(batch);
    kernels.conv2dInputGradient(g, outputGradient, 0, filter, 0, inputGradient, 0, loop);
    return inputGradient;
  }

  /** Adds the gradient towards the filter: [height, width, channels, filters]. */
  @Benchmark
  public float[] towardsFilter() {
    Conv2dGeometry g = shape().geometry(batch);
    kernels.conv2dFilterGradient(g, input, 0, outputGradient, 0, filterGradient, 0, loop);
    return filterGradient;
  }
}

package io.github.lanewise.bench;

import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.PackedFilter;
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
 * The different convolutions of InceptionV3 at 150 x 150, with bias and relu, on one thread: the
 * check of the rules by which algorithms are chosen and of the speeds that plans expect.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Conv2dBenchmark extends InceptionV3Conv2d {

  /** Samples a call. */
  @Param({"1", "20"})
  public int batch;

  /** The best algorithm that may be used. */
  @Param({"DIRECT", "WINOGRAD"})
  public Conv2dAlgorithm algorithm = Conv2dAlgorithm.DIRECT;

  private final Kernels kernels = KernelSelector.kernels();
  private Runnable call = () -> {};
  private float[] input = {};
  private float[] filter = {};
  private float[] bias = {};
  private float[] output = {};

  /** Draws input and filter. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    Conv2dGeometry g = shape().geometry(batch);
    input = Draw.floats(batch * g.inputHeight() * g.inputWidth() * g.inputChannels(), random);
    filter =
        Draw.floats(
            g.filterHeight() * g.filterWidth() * g.inputChannels() * g.outputChannels(), random);
    PackedFilter packed = kernels.packFilter(g, filter, 0, algorithm);
    bias = Draw.floats(g.outputChannels(), random);
    Epilogue epilogue = new Epilogue(bias, true);
    output = new float[batch * g.outputHeight() * g.outputWidth() * g.outputChannels()];
    float[] workspace = new float[kernels.conv2dWorkspace(g, packed)];
    ParallelLoop loop = ParallelLoop.serial();
    call = kernels.bindConv2d(g, input, 0, packed, epilogue, output, 0, workspace, 0, loop);
  }

  /** One call on the whole batch. */
  @Benchmark
  public void lanewise() {
    call.run();
  }

  /** The input, [batch, height, width, channels]. */
  public float[] input() {
    return input;
  }

  /** The filter, [height, width, input channels, output channels]. */
  public float[] filter() {
    return filter;
  }

  /** The bias. */
  public float[] bias() {
    return bias;
  }

  /** What the last call computed. */
  public float[] output() {
    return output;
  }
}

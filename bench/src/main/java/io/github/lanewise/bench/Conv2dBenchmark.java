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
 * The different convolutions of InceptionV3 at 150 x 150, with bias and relu, on one thread.
 *
 * <p>{@code shape} is input size, input channels, filter height x width, output channels, stride,
 * and {@code s} for 'same' or {@code v} for 'valid' padding. It is the check of the rules by which
 * algorithms are chosen and of the speeds that plans expect.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Conv2dBenchmark {

  /** Samples a call. */
  @Param({"1", "20"})
  public int batch;

  /** The best algorithm that may be used. */
  @Param({"DIRECT", "WINOGRAD"})
  public Conv2dAlgorithm algorithm = Conv2dAlgorithm.DIRECT;

  /** See the class. */
  @Param({
    "150,3,3x3,32,2,v",
    "74,32,3x3,32,1,v",
    "72,32,3x3,64,1,s",
    "35,64,1x1,80,1,v",
    "35,80,3x3,192,1,v",
    "16,192,1x1,64,1,s",
    "16,48,5x5,64,1,s",
    "16,64,3x3,96,1,s",
    "16,96,3x3,96,1,s",
    "16,192,1x1,32,1,s",
    "16,288,1x1,64,1,s",
    "16,288,3x3,384,2,v",
    "16,96,3x3,96,2,v",
    "7,768,1x1,192,1,s",
    "7,768,1x1,128,1,s",
    "7,128,1x7,128,1,s",
    "7,128,7x1,192,1,s",
    "7,160,1x7,160,1,s",
    "7,192,1x7,192,1,s",
    "7,192,7x1,192,1,s",
    "7,192,3x3,320,2,v",
    "3,1280,1x1,448,1,s",
    "3,448,3x3,384,1,s",
    "3,384,1x3,384,1,s",
    "3,2048,1x1,320,1,s"
  })
  public String shape = "";

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
    Conv2dGeometry g = geometry(shape, batch);
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

  /** The geometry of a shape as in the class's comment. */
  public static Conv2dGeometry geometry(String shape, int batch) {
    String[] part = shape.split(",");
    int size = Integer.parseInt(part[0]);
    int channels = Integer.parseInt(part[1]);
    int height = Integer.parseInt(part[2].split("x")[0]);
    int width = Integer.parseInt(part[2].split("x")[1]);
    int filters = Integer.parseInt(part[3]);
    int stride = Integer.parseInt(part[4]);
    boolean same = part[5].equals("s");
    int outputHeight = same ? size : (size - height) / stride + 1;
    int outputWidth = same ? size : (size - width) / stride + 1;
    return new Conv2dGeometry(
        batch,
        size,
        size,
        channels,
        channels,
        height,
        width,
        stride,
        stride,
        1,
        1,
        same ? (height - 1) / 2 : 0,
        same ? (width - 1) / 2 : 0,
        outputHeight,
        outputWidth,
        filters,
        filters,
        1);
  }
}

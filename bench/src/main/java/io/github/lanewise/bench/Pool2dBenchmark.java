package io.github.lanewise.bench;

import io.github.lanewise.kernels.KernelSelector;
import io.github.lanewise.kernels.Kernels;
import io.github.lanewise.kernels.ParallelLoop;
import io.github.lanewise.kernels.Pool2dGeometry;
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
 * Poolings by windows of 3 x 3, as in InceptionV3: maximum with stride 2, average with stride 1.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Pool2dBenchmark {

  /** Height, width and channels of the input. */
  @Param({"72:64", "33:192", "16:288", "7:768"})
  public String shape = "";

  private Runnable maximum = () -> {};
  private Runnable average = () -> {};

  /** Draws the input. */
  @Setup
  public void draw() {
    int size = Integer.parseInt(shape.split(":")[0]);
    int channels = Integer.parseInt(shape.split(":")[1]);
    int half = (size - 3) / 2 + 1;
    float[] x = Draw.floats(size * size * channels, new SplittableRandom(1));
    float[] y = new float[x.length];
    Kernels kernels = KernelSelector.kernels();
    ParallelLoop loop = ParallelLoop.serial();
    Pool2dGeometry valid =
        new Pool2dGeometry(
            1, size, size, channels, channels, 3, 3, 2, 2, 0, 0, half, half, channels);
    Pool2dGeometry same =
        new Pool2dGeometry(
            1, size, size, channels, channels, 3, 3, 1, 1, 1, 1, size, size, channels);
    maximum = kernels.bindMaxPool2d(valid, x, 0, y, 0, loop);
    average = kernels.bindAveragePool2d(same, x, 0, false, y, 0, loop);
  }

  /** Maximum, stride 2, no padding. */
  @Benchmark
  public void maximum() {
    maximum.run();
  }

  /** Average, stride 1, same size. */
  @Benchmark
  public void average() {
    average.run();
  }
}

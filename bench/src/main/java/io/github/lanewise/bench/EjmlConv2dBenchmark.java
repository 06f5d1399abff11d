package io.github.lanewise.bench;

import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
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
 * The convolutions of {@link Conv2dBenchmark} as one writes them with a library of matrices: every
 * pixel's receptive field copied to a row (im2col), one product by EJML, then bias and relu.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EjmlConv2dBenchmark extends InceptionV3Conv2d {

  /** Samples a call. */
  @Param({"1", "20"})
  public int batch;

  private float[] input = {};
  private float[] bias = {};
  private FMatrixRMaj fields = new FMatrixRMaj();
  private FMatrixRMaj filter = new FMatrixRMaj();
  private FMatrixRMaj output = new FMatrixRMaj();

  /** Draws the same values as {@link Conv2dBenchmark}. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    Conv2dGeometry g = shape().geometry(batch);
    int taps = g.filterHeight() * g.filterWidth() * g.inputChannels();
    int pixels = batch * g.outputHeight() * g.outputWidth();
    input = Draw.floats(batch * g.inputHeight() * g.inputWidth() * g.inputChannels(), random);
    float[] weights = Draw.floats(taps * g.outputChannels(), random);
    filter = FMatrixRMaj.wrap(taps, g.outputChannels(), weights);
    bias = Draw.floats(g.outputChannels(), random);
    fields = new FMatrixRMaj(pixels, taps);
    output = new FMatrixRMaj(pixels, g.outputChannels());
  }

  /** One call on the whole batch: [batch, height, width, filters]. */
  @Benchmark
  public float[] ejml() {
    copyFields(shape().geometry(batch));
    CommonOps_FDRM.mult(fields, filter, output);
    addBiasAndRelu();
    return output.data;
  }

  private void copyFields(Conv2dGeometry g) {
    int to = 0;
    for (int n = 0; n < batch; n++) {
      for (int y = 0; y < g.outputHeight(); y++) {
        for (int x = 0; x < g.outputWidth(); x++) {
          for (int tap = 0; tap < g.filterHeight() * g.filterWidth(); tap++) {
            int row = y * g.strideHeight() - g.padTop() + tap / g.filterWidth();
            int column = x * g.strideWidth() - g.padLeft() + tap % g.filterWidth();
            copyPixel(g, n, row, column, to);
            to += g.inputChannels();
          }
        }
      }
    }
  }

  private void copyPixel(Conv2dGeometry g, int n, int row, int column, int to) {
    int channels = g.inputChannels();
    if (row < 0 || row >= g.inputHeight() || column < 0 || column >= g.inputWidth()) {
      Arrays.fill(fields.data, to, to + channels, 0);
    } else {
      int from = ((n * g.inputHeight() + row) * g.inputWidth() + column) * channels;
      System.arraycopy(input, from, fields.data, to, channels);
    }
  }

  private void addBiasAndRelu() {
    float[] y = output.data;
    for (int row = 0; row < y.length; row += bias.length) {
      for (int c = 0; c < bias.length; c++) {
        y[row + c] = Math.max(y[row + c] + bias[c], 0);
      }
    }
  }
}

package io.github.lanewise.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.lanewise.bench.Conv2dBenchmark;
import io.github.lanewise.bench.Conv2dShape;
import io.github.lanewise.kernels.Conv2dAlgorithm;
import io.github.lanewise.kernels.Conv2dGeometry;
import java.nio.FloatBuffer;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Convolutions of InceptionV3 in ONNX Runtime and here, one thread each. Before it measures, it
 * requires that both compute the same.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class OnnxRuntimeConv2dBenchmark {

  private static final double TOLERANCE = 1e-3;

  /** Samples a call. */
  @Param({"1", "20"})
  public int batch;

  /** A {@link Conv2dShape}. */
  @Param({
    "150:3:3x3:32:2:valid",
    "74:32:3x3:32:1:valid",
    "72:32:3x3:64:1:same",
    "35:64:1x1:80:1:valid",
    "35:80:3x3:192:1:valid",
    "16:48:5x5:64:1:same",
    "16:96:3x3:96:1:same",
    "16:288:1x1:64:1:same",
    "7:768:1x1:192:1:same",
    "7:192:1x7:192:1:same",
    "3:448:3x3:384:1:same"
  })
  public String shape = "";

  private final Conv2dBenchmark ours = new Conv2dBenchmark();
  private @Nullable OrtSession session;
  private @Nullable OnnxTensor input;

  /** Makes both engines ready and compares their outputs. */
  @Setup(Level.Trial)
  public void open() throws OrtException {
    ours.batch = batch;
    ours.shape = shape;
    ours.algorithm = Conv2dAlgorithm.WINOGRAD;
    ours.draw();
    Conv2dGeometry g = Conv2dShape.parse(shape).geometry(batch);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = environment.createSession(OnnxConv2d.model(g, ours.filter(), ours.bias()), options);
    long[] dimensions = {batch, g.inputChannels(), g.inputHeight(), g.inputWidth()};
    float[] nchw = nchw(ours.input(), batch, g.inputHeight() * g.inputWidth(), g.inputChannels());
    input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(nchw), dimensions);
    ours.lanewise();
    float[] expected =
        nchw(ours.output(), batch, g.outputHeight() * g.outputWidth(), g.outputChannels());
    requireEqual(expected);
  }

  private void requireEqual(float[] expected) throws OrtException {
    try (OrtSession.Result result = onnxRuntime()) {
      FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int i = 0; i < expected.length; i++) {
        if (Math.abs(found.get(i) - expected[i]) > TOLERANCE) {
          throw new IllegalStateException(
              "output " + i + ": ONNX Runtime has " + found.get(i) + ", Lanewise " + expected[i]);
        }
      }
    }
  }

  private static float[] nchw(float[] nhwc, int batch, int pixels, int channels) {
    float[] turned = new float[nhwc.length];
    for (int n = 0; n < batch; n++) {
      for (int p = 0; p < pixels; p++) {
        for (int c = 0; c < channels; c++) {
          turned[(n * channels + c) * pixels + p] = nhwc[(n * pixels + p) * channels + c];
        }
      }
    }
    return turned;
  }

  /** Frees the native memory. */
  @TearDown(Level.Trial)
  public void close() throws OrtException {
    if (input != null && session != null) {
      input.close();
      session.close();
    }
  }

  /** ONNX Runtime; its output stays native. */
  @Benchmark
  public OrtSession.Result onnxRuntimeCall() throws OrtException {
    OrtSession.Result result = onnxRuntime();
    result.close();
    return result;
  }

  private OrtSession.Result onnxRuntime() throws OrtException {
    if (session == null || input == null) {
      throw new IllegalStateException("not open");
    }
    return session.run(Map.of("x", input));
  }

  /** Ours, with Winograd where it suits. */
  @Benchmark
  public void lanewise() {
    ours.lanewise();
  }
}

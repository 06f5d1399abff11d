package io.github.lanewise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.AveragePooling2D;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Concatenate;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.MaxPooling2D;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.ReLU;
import io.github.lanewise.op.Padding;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.ArrayDataset;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Where C2 leaves vectors in boxes, all results are right and all is several times slower. What
 * boxes take of the heap shows it: in a JVM of its own, as what other tests have loaded and
 * compiled may decide it.
 */
class UnboxedVectorsTest {

  private static final int BATCH = 2;

  /** A warm prediction takes 10 kB; with the vectors of one small kernel in boxes, 700 kB. */
  private static final long PREDICTION_LIMIT = 64_000;

  /** A warm step takes 3.6 MB, most of them packed filters; with boxes, 42 MB. */
  private static final long STEP_LIMIT = 12_000_000;

  private static final long LONGEST_WARM_UP = TimeUnit.SECONDS.toNanos(30);

  private static Node convolution(int channels, int height, int width, Node x) {
    Conv2D layer = new Conv2D(channels, height, width).padding(Padding.SAME).useBias(false);
    return new ReLU().on(new BatchNormalization().on(layer.on(x)));
  }

  /** A stem and a mixed block as InceptionV3 has them, in small. */
  private static Model model() {
    Node input = Input.of(39, 39, 3);
    Node picture = new Conv2D(32, 3, 3).strides(2).activation(Activation.RELU).on(input);
    Node x = convolution(48, 3, 3, picture);
    Node pooled = new AveragePooling2D(3).strides(1).padding(Padding.SAME).on(x);
    x =
        new Concatenate()
            .on(
                convolution(32, 1, 1, x),
                convolution(32, 7, 1, convolution(40, 1, 7, x)),
                convolution(24, 5, 5, convolution(16, 1, 1, x)),
                convolution(16, 1, 1, pooled));
    x = new MaxPooling2D(3).strides(2).on(x);
    x = new GlobalAveragePooling2D().on(convolution(64, 3, 3, x));
    return new Model(input, new Dense(1).activation(Activation.SIGMOID).on(x));
  }

  /** What a call takes of the heap, on average. */
  private static long allocated(int calls, Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / calls;
  }

  /** Predicts and trains until both take less than their limits, or for the longest warm-up. */
  public static void main(String[] args) {
    Compute compute = Compute.threads(1);
    Model model = model();
    Tensor x = Tensor.full(model.input().shape().withBatch(BATCH), 0.5f);
    InferenceSession session = InferencePlan.compile(model).session(compute, BATCH);
    CompiledModel compiled =
        CompiledModel.compile(model, new RMSprop(1e-3), Loss.BINARY_CROSSENTROPY).on(compute);
    ArrayDataset data = new ArrayDataset(x, Tensor.zeros(BATCH, 1));
    FitOptions once = new FitOptions().epochs(1).batchSize(BATCH);
    long start = System.nanoTime();
    long prediction;
    long step;
    do {
      prediction = allocated(20, () -> session.run(x));
      step = allocated(10, () -> compiled.fit(data, once));
    } while ((prediction > PREDICTION_LIMIT || step > STEP_LIMIT)
        && System.nanoTime() - start < LONGEST_WARM_UP);
    System.out.print(
        prediction <= PREDICTION_LIMIT && step <= STEP_LIMIT
            ? "in registers"
            : "in boxes: %,d bytes a prediction, %,d a step".formatted(prediction, step));
  }

  @Test
  @Timeout(60)
  void warmKernelsKeepTheirVectorsInRegisters() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                UnboxedVectorsTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("in registers", printed);
  }
}

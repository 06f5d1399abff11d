package io.github.lanewise.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Node;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs models in ONNX Runtime, from the files written here, and compares with inference plans. */
final class OnnxRuntimePeer {

  /** How far an output may differ, of itself or of a {@link Unit}. */
  private static final double TOLERANCE = 1e-4;

  /** What a small output's difference is measured by. */
  enum Unit {
    /** 1, or the largest output where that is smaller. */
    ONE,
    /** The largest output, where random weights make its size mean nothing. */
    LARGEST
  }

  private OnnxRuntimePeer() {}

  /**
   * Writes a model, with batch normalizations folded and not, and runs both files.
   *
   * @param inputs one for each of the model's
   * @return the greatest difference of any output, as {@link #TOLERANCE} counts it
   */
  static double requireSame(Model model, Path directory, List<Tensor> inputs, Unit unit)
      throws IOException, OrtException {
    List<Tensor> expected =
        InferencePlan.compile(model)
            .session(inputs.get(0).shape().dim(0))
            .run(inputs.toArray(Tensor[]::new))
            .stream()
            .map(Tensor::copy)
            .toList();
    double worst = 0;
    for (boolean fold : List.of(true, false)) {
      Path file = directory.resolve(fold ? "folded.onnx" : "unfolded.onnx");
      OnnxFile.save(model, file, fold);
      List<Tensor> found = run(file, model, inputs);
      for (int i = 0; i < expected.size(); i++) {
        double difference = difference(expected.get(i), found.get(i), unit);
        assertTrue(
            difference <= TOLERANCE,
            model.name() + ", folded: " + fold + ", output " + i + ": differs by " + difference);
        worst = Math.max(worst, difference);
      }
    }
    return worst;
  }

  private static List<Tensor> run(Path file, Model model, List<Tensor> inputs) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> feeds = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(file.toString(), options)) {
      for (int i = 0; i < inputs.size(); i++) {
        int[] dims = inputs.get(i).shape().dims();
        long[] shape = new long[dims.length];
        for (int d = 0; d < dims.length; d++) {
          shape[d] = dims[d];
        }
        feeds.put(
            model.inputs().get(i).layer().name(),
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs.get(i).toArray()), shape));
      }
      assertEquals(feeds.keySet(), session.getInputNames());
      List<Tensor> outputs = new ArrayList<>();
      try (OrtSession.Result result = session.run(feeds)) {
        for (int i = 0; i < model.outputs().size(); i++) {
          outputs.add(tensor((OnnxTensor) result.get(i), model.outputs().get(i), inputs.get(0)));
        }
      }
      return outputs;
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private static Tensor tensor(OnnxTensor of, Node node, Tensor input) {
    int[] dims = node.shape().withBatch(input.shape().dim(0)).dims();
    long[] shape = of.getInfo().getShape();
    int[] found = new int[shape.length];
    for (int d = 0; d < found.length; d++) {
      found[d] = Math.toIntExact(shape[d]);
    }
    assertArrayEquals(dims, found, "shape of " + node);
    FloatBuffer buffer = of.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return Tensor.of(node.shape().withBatch(dims[0]), values);
  }

  private static double difference(Tensor expected, Tensor found, Unit of) {
    float[] a = expected.toArray();
    float[] b = found.toArray();
    double largest = 0;
    for (float value : a) {
      largest = Math.max(largest, Math.abs(value));
    }
    double unit = largest == 0 ? 1 : of == Unit.LARGEST ? largest : Math.min(1, largest);
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]) / Math.max(unit, Math.abs(a[i]));
      // Not a number is no difference that may pass.
      worst = difference <= worst ? worst : difference;
    }
    return Double.isNaN(worst) ? Double.POSITIVE_INFINITY : worst;
  }
}

package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.autograd.Tape;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.GlobalAveragePooling2D;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against what PyTorch makes of the same weights and picture, in double precision, kept by {@code
 * make_networks.py}, which says how both are drawn.
 */
class ApplicationsOutputsTest {

  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inception_v3",
        "resnet50",
        "mobilenet_v2",
        "densenet121",
        "xception",
        "efficientnetb0",
        "inception_resnet_v2",
        "nasnet_mobile",
        "mobilenet_v3_large"
      })
  void layersAndPlansGiveWhatPyTorchGives(String name) throws IOException {
    Golden golden = Golden.of(name);
    Model model = network(name, golden.height, golden.width);
    model.layers().forEach(layer -> draw(layer, golden.gain));
    boolean levels = name.matches("efficientnet.*|mobilenet_v3.*");
    Tensor picture = picture(golden.height, golden.width, levels);

    List<Node> wanted = new ArrayList<>();
    List<Expected> features = golden.layers.subList(0, golden.layers.size() - 1);
    features.forEach(layer -> wanted.add(model.layer(layer.name).output()));
    Node average = new GlobalAveragePooling2D().name("average").on(model.output());
    assertEquals(model.output(), wanted.get(wanted.size() - 1));
    Model pooled = new Model(name, model.inputs(), List.of(model.output(), average));
    wanted.add(average);

    List<Tensor> found =
        pooled.forward(new Tape(Compute.standard()), Map.of(model.input(), picture), wanted, false);
    for (int i = 0; i < found.size(); i++) {
      golden.layers.get(i).assertAgrees(found.get(i), "layer by layer");
    }
    List<Tensor> planned = InferencePlan.compile(pooled).session(1).run(picture);
    for (int i = 0; i < 2; i++) {
      golden.layers.get(found.size() - 2 + i).assertAgrees(planned.get(i), "by a plan");
    }
  }

  private static Model network(String name, int height, int width) {
    return switch (name) {
      case "inception_v3" -> InceptionV3.notop(height, width);
      case "resnet50" -> ResNet.RESNET50.notop(height, width);
      case "mobilenet_v2" -> MobileNetV2.notop(height, width);
      case "densenet121" -> DenseNet.DENSENET121.notop(height, width);
      case "xception" -> Xception.notop(height, width);
      case "efficientnetb0" -> EfficientNet.B0.notop(height, width);
      case "inception_resnet_v2" -> InceptionResNetV2.notop(height, width);
      case "nasnet_mobile" -> NASNet.NASNETMOBILE.notop(height, width);
      case "mobilenet_v3_large" -> MobileNetV3.large().notop(height, width);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** In [-1, 1), or in [0, 255). */
  private static Tensor picture(int height, int width, boolean levels) {
    int squares = (width + 15) / 16;
    float[] pixels = new float[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      int y = i / 3 / width;
      int x = i / 3 % width;
      double coarse = draw(hash("squares"), (y / 16 * squares + x / 16) * 3 + i % 3);
      pixels[i] = (float) (coarse * 0.75 + draw(hash("picture"), i) * 0.25);
      pixels[i] = levels ? pixels[i] * 127.5f + 127.5f : pixels[i];
    }
    return Tensor.of(Shape.of(1, height, width, 3), pixels);
  }

  private static void draw(Layer layer, double gain) {
    for (Parameter parameter : layer.parameters()) {
      Shape shape = parameter.shape();
      double offset = 0;
      double scale = 0.1;
      if (parameter.name().endsWith("kernel")) {
        int inputs = shape.dim(0) * shape.dim(1);
        inputs *= parameter.name().equals("depthwise_kernel") ? 1 : shape.dim(2);
        scale = gain * Math.sqrt(3.0 / inputs);
      } else if (parameter.name().equals("gamma")) {
        offset = 0.75;
        scale = 0.25;
      } else if (parameter.name().endsWith("variance")) {
        offset = 1;
        scale = 0.5;
      }
      int hash = hash(layer.name() + "/" + parameter.name());
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (offset + scale * draw(hash, i));
      }
      parameter.adopt(Tensor.of(shape, values));
    }
  }

  private static int hash(String name) {
    int hash = 0x811C9DC5;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 16777619;
    }
    return hash;
  }

  private static double draw(int hash, int index) {
    int h = index * 0x9E3779B9 + hash;
    h = (h ^ h >>> 16) * 0x21F0AAAD;
    h = (h ^ h >>> 15) * 0xD35A2D97;
    h ^= h >>> 15;
    return (h >>> 8) / (double) (1 << 23) - 1;
  }

  /** A golden file. */
  private record Golden(double gain, int height, int width, List<Expected> layers) {

    static Golden of(String network) throws IOException {
      String file = network + ".txt";
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(
                      ApplicationsOutputsTest.class.getResourceAsStream(file), file),
                  StandardCharsets.US_ASCII))) {
        String[] head = reader.readLine().split(" ", -1);
        return new Golden(
            Double.parseDouble(head[0]),
            Integer.parseInt(head[1]),
            Integer.parseInt(head[2]),
            reader.lines().map(Expected::of).toList());
      }
    }
  }

  /** A line of it: value k has the index 7919 k modulo the size. */
  private record Expected(String name, String shape, double largest, double[] values) {

    static Expected of(String line) {
      String[] words = line.split(" ", -1);
      double[] values = Arrays.stream(words).skip(3).mapToDouble(Double::parseDouble).toArray();
      return new Expected(words[0], words[1], Double.parseDouble(words[2]), values);
    }

    void assertAgrees(Tensor found, String how) {
      Shape one = found.shape();
      assertEquals(
          shape,
          IntStream.range(1, one.rank())
              .mapToObj(i -> String.valueOf(one.dim(i)))
              .collect(Collectors.joining("x")),
          name);
      float[] all = found.toArray();
      double[] some = new double[values.length];
      Arrays.setAll(some, k -> all[(int) (7919L * k % all.length)]);
      assertArrayEquals(values, some, TOLERANCE * largest, name + ", " + how);
    }
  }
}

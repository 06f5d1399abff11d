package io.github.lanewise.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import io.github.lanewise.applications.Application;
import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.applications.MobileNetV2;
import io.github.lanewise.bench.peer.OnnxRuntimePeer.Unit;
import io.github.lanewise.hdf5.Hdf5Tensors;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.image.ImageFolder;
import io.github.lanewise.image.Rescale;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Activation;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Flatten;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.Accuracy;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.FitOptions;
import io.github.lanewise.train.Loss;
import io.github.lanewise.train.RMSprop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that {@code OnnxFile} writes, in ONNX Runtime: to 1e-4 of what inference plans say. */
class OnnxFileTest {

  private static final String WEIGHTS = "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5";

  @TempDir Path directory;

  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void everyLayerDoesTheSameInOnnxRuntime() throws IOException, OrtException {
    double worst = 0;
    int models = 0;
    List<String> failures = new ArrayList<>();
    for (Model model : OnnxZoo.models()) {
      draw(model);
      for (int batch : new int[] {1, 3}) {
        try {
          List<Tensor> inputs = inputs(model, batch);
          worst = Math.max(worst, OnnxRuntimePeer.requireSame(model, directory, inputs, Unit.ONE));
        } catch (OrtException | AssertionError | RuntimeException e) {
          failures.add(model.name() + ", batch " + batch + ": " + e.getMessage());
        }
      }
      models++;
    }
    System.out.printf("%d small models, batch 1 and 3: differ by at most %.1e%n", models, worst);
    assertEquals("", String.join("\n", failures));
  }

  @Test
  void everyLayerIsInTheZoo() {
    TreeSet<String> missing = new TreeSet<>(LayerTypes.standard().classNames());
    for (Model model : OnnxZoo.models()) {
      model.layers().forEach(l -> missing.remove(l.kerasClassName()));
    }
    assertEquals(new TreeSet<>(), missing);
  }

  @Test
  void mobileNetV2DoesTheSameInOnnxRuntime() throws IOException, OrtException {
    Model model = MobileNetV2.withTop(96, 96, 1000);
    draw(model);
    compare("MobileNetV2, seeded weights, 96x96", model, null, Unit.ONE);
  }

  /** One of each family. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "VGG16",
        "ResNet50",
        "ResNet50V2",
        "DenseNet121",
        "MobileNet",
        "MobileNetV3Small",
        "EfficientNetB0",
        "NASNetMobile",
        "Xception",
        "InceptionResNetV2"
      })
  void aNetworkOfKerasDoesTheSameInOnnxRuntime(String name) throws IOException, OrtException {
    Model model = Application.named(name).notop(96, 96);
    draw(model);
    compare(name + ", seeded weights, 96x96", model, null, Unit.LARGEST);
  }

  @Test
  void inceptionV3DoesTheSameInOnnxRuntime() throws IOException, OrtException {
    Path data = data();
    Model model = InceptionV3.notop(150, 150);
    model.loadWeights(KerasWeights.byName(data.resolve(WEIGHTS)));
    compare("InceptionV3, real weights, 150x150", model, pictures(data), Unit.ONE);
  }

  @Test
  void aTrainedDogsVsCatsModelDoesTheSameInOnnxRuntime() throws IOException, OrtException {
    Path data = data();
    Model inception = InceptionV3.notop(150, 150);
    inception.loadWeights(KerasWeights.byName(data.resolve(WEIGHTS)));
    inception.setTrainable(false);
    Node x = new Flatten().on(inception.layer("mixed7").output());
    x = new Dense(1024).activation(Activation.RELU).on(x);
    x = new Dropout(0.2).on(x);
    x = new Dense(1).activation(Activation.SIGMOID).on(x);
    Model model = new Model(inception.input(), x);
    CompiledModel compiled =
        CompiledModel.compile(model, new RMSprop(1e-4), Loss.BINARY_CROSSENTROPY, new Accuracy());
    compiled.fit(
        ImageFolder.of(data.resolve("cats_and_dogs/validation"), 150, 150)
            .rescale(Rescale.SYMMETRIC)
            .open(),
        new FitOptions().epochs(1).batchSize(20));
    compare("dogs-vs-cats, trained on 200 photographs", model, pictures(data), Unit.ONE);
  }

  private void compare(String what, Model model, @Nullable Tensor given, Unit unit)
      throws IOException, OrtException {
    for (int batch : new int[] {1, 3}) {
      List<Tensor> inputs = given == null ? inputs(model, batch) : List.of(first(given, batch));
      double worst = OnnxRuntimePeer.requireSame(model, directory, inputs, unit);
      System.out.printf("%s, batch %d: differ by at most %.1e%n", what, batch, worst);
      assertTrue(worst >= 0);
    }
  }

  private static Path data() {
    String name = System.getProperty("lanewise.data", "");
    Path data = Path.of(name);
    assumeTrue(
        !name.isEmpty() && Files.isRegularFile(data.resolve(WEIGHTS)),
        "skipped: LANEWISE_DATA does not name a directory with the real data");
    return data;
  }

  /** A cat, a dog, and their mean. */
  private static Tensor pictures(Path data) throws IOException {
    Tensor two = Hdf5Tensors.read(data.resolve("golden/inception_v3_150.h5"), "input");
    Tensor three = Tensor.zeros(two.shape().withBatch(3));
    int size = two.shape().sizeOfRow();
    for (int i = 0; i < size; i++) {
      float cat = two.data()[two.offset() + i];
      float dog = two.data()[two.offset() + size + i];
      three.data()[i] = cat;
      three.data()[size + i] = dog;
      three.data()[2 * size + i] = (cat + dog) / 2;
    }
    return three;
  }

  private static Tensor first(Tensor x, int batch) {
    return Tensor.view(x.shape().withBatch(batch), x.data(), x.offset());
  }

  private List<Tensor> inputs(Model model, int batch) {
    return model.inputs().stream().map(n -> draw(n.shape().withBatch(batch), -2, 2)).toList();
  }

  private Tensor draw(Shape shape, double low, double high) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = (float) random.nextDouble(low, high);
    }
    return tensor;
  }

  /** Weights other than kernels, which start different from each other anyway. */
  private void draw(Model model) {
    for (Parameter parameter : model.parameters()) {
      boolean positive = parameter.name().matches("gamma|.*variance");
      if (positive) {
        parameter.assign(draw(parameter.shape(), 0.5, 1.5).data());
      } else if (!parameter.name().endsWith("kernel")) {
        parameter.assign(draw(parameter.shape(), -0.5, 0.5).data());
      }
    }
  }
}

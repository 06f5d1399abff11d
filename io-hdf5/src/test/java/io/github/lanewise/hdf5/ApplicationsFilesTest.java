package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.applications.MobileNetV3;
import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Conv2D;
import io.github.lanewise.nn.Dropout;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Normalization;
import io.github.lanewise.nn.Rescaling;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files of EfficientNet and MobileNetV3 have and others have not. */
class ApplicationsFilesTest {

  @TempDir Path directory;

  /** The beginning of EfficientNet. */
  private static Model model(String convolution, String normalization) {
    Node input = Input.named("input_1", 2, 2, 3);
    Node x = new Normalization().on(new Rescaling(1.0 / 255, 0).on(input));
    x = new Rescaling(new double[] {2, 3, 4}, new double[] {0}).on(x);
    x = new Conv2D(2, 1).useBias(false).name(convolution).on(x);
    x = new Dropout(0.5).noiseShape(Shape.UNKNOWN, 1, 1, 1).on(x);
    x = new BatchNormalization().name(normalization).on(x);
    return new Model("start", List.of(input), List.of(x));
  }

  @Test
  void aCountThatIsAWholeNumberAndNamesWithSlashesAreRead() throws IOException {
    Path file = KerasFixtures.unpack("applications", directory);
    Model byName = model("Conv", "Conv/BatchNorm");
    byName.loadWeights(KerasWeights.byName(file).strict());
    assertFixture(byName);
    Model topological = model("conv", "conv_bn");
    topological.loadWeights(KerasWeights.topological(file));
    assertFixture(topological);
  }

  private static void assertFixture(Model model) {
    float[][] expected = {
      {1, 2, 3}, {4, 5, 6}, {7}, {0, 1, 2, 3, 4, 5}, {1, 2}, {3, 4}, {5, 6}, {7, 8}
    };
    assertEquals(expected.length, model.parameters().size());
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], model.parameters().get(i).value().toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void normalizationAndWhatIsGivenByChannelComeBackFromAWholeModel(String name) throws IOException {
    Model model = model("Conv", name.endsWith(".h5") ? "Conv/BatchNorm" : "conv_bn");
    model.loadWeights(KerasWeights.topological(KerasFixtures.unpack("applications", directory)));
    Path file = directory.resolve(name);
    KerasModel.save(model, file);
    Model read = KerasModel.load(file);
    assertFixture(read);
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 3), 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2);
    assertArrayEquals(model.forward(x).toArray(), read.forward(x).toArray());
    for (Layer layer : model.layers()) {
      String written = layer.name().replace('/', '_');
      Map<String, @Nullable Object> expected = new LinkedHashMap<>(layer.config().values());
      expected.put("name", written);
      assertEquals(expected, read.layer(written).layer().config().values());
    }
  }

  /** Keras's own files have the names of Keras 2 and are read by order, as in Keras 3. */
  @Test
  void mobileNetV3ReadsAFileWithTheNamesOfKeras2ByOrder() throws IOException {
    Model model = MobileNetV3.small().notop(32, 32);
    Hdf5Group root = new Hdf5Group();
    List<String> names = new ArrayList<>();
    for (Layer layer : model.layers()) {
      String name = nameInKeras2(layer.name());
      names.add(name);
      Hdf5Group group = root.group(name);
      List<String> weights = layer.parameters().stream().map(p -> name + "/" + p.name()).toList();
      group.attribute("weight_names", weights);
      layer.parameters().forEach(p -> group.dataset(name + "/" + p.name(), p.value()));
    }
    root.attribute("layer_names", names);
    Path file = directory.resolve("weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5");
    AtomicFile.write(file, channel -> Hdf5Writer.write(root, channel));
    assertEquals("expanded_conv_1/expand/BatchNorm", nameInKeras2("expanded_conv_1_expand_bn"));
    assertEquals(
        "expanded_conv_10/squeeze_excite/Conv_1",
        nameInKeras2("expanded_conv_10_squeeze_excite_conv_1"));

    Model read = MobileNetV3.small().notop(32, 32);
    read.parameters().forEach(p -> p.assign(new float[p.shape().size()]));
    read.loadWeights(KerasWeights.topological(file));
    for (int i = 0; i < model.parameters().size(); i++) {
      assertArrayEquals(
          model.parameters().get(i).value().toArray(), read.parameters().get(i).value().toArray());
    }
  }

  private static String nameInKeras2(String name) {
    return name.replaceFirst("^(expanded_conv(_\\d+)?)_(?=[a-z])", "$1/")
        .replaceFirst("squeeze_excite_c", "squeeze_excite/C")
        .replaceFirst("^c", "C")
        .replaceFirst("_bn$", "/BatchNorm");
  }
}

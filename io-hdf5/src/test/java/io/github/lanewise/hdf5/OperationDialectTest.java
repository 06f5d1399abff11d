package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arithmetic in configurations as the versions of Keras write it. */
class OperationDialectTest {

  @TempDir Path directory;

  /** A model on x [3] whose layers are these and whose output is the layer y. */
  private static Model model(String layers) {
    String json =
        """
        {'class_name': 'Functional', 'config': {'name': 'm', 'layers': [
          {'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],
           'config': {'name': 'x', 'batch_input_shape': [null, 3]}}, %s],
         'input_layers': [['x', 0, 0]], 'output_layers': [['y', 0, 0]]}}
        """;
    return KerasModel.fromJson(json.formatted(layers).replace('\'', '"'), LayerTypes.standard());
  }

  private static String keras2(String name, String function, String calls) {
    return """
        {'class_name': 'TFOpLambda', 'config': {'name': '%s', 'trainable': true,
         'dtype': 'float32', 'function': '%s'}, 'name': '%s', 'inbound_nodes': [%s]}
        """
        .formatted(name, function, name, calls);
  }

  private static String keras3(String name, String module, String className, String arguments) {
    return """
        {'module': '%s', 'class_name': '%s', 'config': {'name': '%s'},
         'registered_name': '%s', 'name': '%s', 'inbound_nodes': [{'args': [%s], 'kwargs': {}}]}
        """
        .formatted(module, className, name, className, name, arguments);
  }

  private static String tensor(String layer) {
    return """
        {'class_name': '__keras_tensor__', 'config': {'shape': [null, 3], 'dtype': 'float32',
         'keras_history': ['%s', 0, 0]}}
        """
        .formatted(layer);
  }

  private static final String RELU6 =
      """
      {'class_name': 'ReLU', 'name': 'r', 'config': {'name': 'r', 'max_value': 6.0},
       'inbound_nodes': [[['plus', 0, 0, {}]]]}
      """;

  /** {@code hard_sigmoid} of {@code keras/applications/mobilenet_v3.py}, of -1, 0 and 4. */
  private static void assertHardSigmoid(Model model) {
    assertArrayEquals(new float[] {2 / 6f, 0.5f, 1}, apply(model, -1, 0, 4), 1e-6f);
  }

  private static float[] apply(Model model, float... x) {
    return model.forward(Tensor.of(Shape.of(1, 3), x)).toArray();
  }

  @Test
  void constantsOfKeras2AreAmongTheArgumentsOfTheCall() throws IOException {
    String plus = keras2("plus", "__operators__.add", "['x', 0, 0, {'y': 3.0, 'name': null}]");
    String times = keras2("y", "math.multiply", "['r', 0, 0, {'y': 0.16666666666666666}]");
    Model model = model(plus + "," + RELU6 + "," + times);
    assertHardSigmoid(model);
    assertHardSigmoid(written(model, "m.h5"));
    assertHardSigmoid(written(model, "m.keras"));
    String again = KerasModel.toJson(model);
    assertTrue(
        again.contains(
            "\"function\":\"__operators__.add\"},\"name\":\"plus\",\"inbound_nodes\":[[\"x\",0,0,"
                + "{\"y\":3.0,\"name\":null}]]"),
        again);
    assertTrue(again.contains("{\"y\":0.16666666666666666,\"name\":null}"), again);
  }

  @Test
  void constantsOfTensorFlow23AreArgumentsOfTheLayer() {
    String node =
        """
        {'class_name': 'TensorFlowOpLayer', 'name': '%s', 'config': {'name': 'AddV2',
         'trainable': true, 'dtype': 'float32', 'node_def': {'name': 'AddV2', 'op': '%s',
         'input': ['x', 'AddV2/y'], 'attr': {'T': {'type': 'DT_FLOAT'}}},
         'constants': {'%d': %s}}, 'inbound_nodes': [[['%s', 0, 0, {}]]]}
        """;
    String plus = node.formatted("plus", "AddV2", 1, "3.0", "x");
    String times = node.formatted("y", "Mul", 0, "0.16666667", "r");
    assertHardSigmoid(model(plus + "," + RELU6 + "," + times));
  }

  @Test
  void constantsOfKeras3AreAmongTheArgumentsOfTheCallToo() throws IOException {
    String module = "keras.src.ops.numpy";
    String plus = keras3("plus", module, "Add", tensor("x") + ", 3.0");
    String times = keras3("y", module, "Multiply", "0.16666666666666666, " + tensor("r"));
    Model model = model(plus + "," + RELU6 + "," + times);
    assertHardSigmoid(model);
    assertHardSigmoid(written(model, "m.keras"));
    assertHardSigmoid(written(model, "m.h5"));
    String array = "{'class_name': '__numpy__', 'config': {'value': [1, 2, 4]}}";
    Model quotient = model(keras3("y", module, "TrueDivide", tensor("x") + ", " + array));
    float[] expected = {8, 4, 2};
    assertArrayEquals(expected, apply(quotient, 8, 8, 8));
    assertArrayEquals(expected, apply(written(quotient, "m.keras"), 8, 8, 8));
    assertArrayEquals(expected, apply(written(quotient, "m.h5"), 8, 8, 8));
  }

  @Test
  void aConstantThatComesFirstStandsForALayer() throws IOException {
    Model model =
        model(keras2("y", "math.subtract", "['_CONSTANT_VALUE', -1, 1.0, {'y': ['x', 0, 0]}]"));
    assertArrayEquals(new float[] {2, 1, -3}, apply(model, -1, 0, 4));
    assertArrayEquals(new float[] {2, 1, -3}, apply(written(model, "m.h5"), -1, 0, 4));
    assertArrayEquals(new float[] {2, 1, -3}, apply(written(model, "m.keras"), -1, 0, 4));
    Model lists =
        model(
            keras2(
                "y",
                "math.subtract",
                "['_CONSTANT_VALUE', -1, [[1, 2, 3]], {'y': ['x', 0, 0], 'name': null}]"));
    assertArrayEquals(new float[] {2, 2, -1}, apply(written(lists, "m.h5"), -1, 0, 4));
  }

  @Test
  void twoTensorsAreTakenInTheirOrder() throws IOException {
    String minus = keras2("minus", "math.negative", "['x', 0, 0, {'name': null}]");
    String both = keras2("y", "math.subtract", "['x', 0, 0, {'y': ['minus', 0, 0]}]");
    Model model = model(minus + "," + both);
    assertArrayEquals(new float[] {-2, 0, 8}, apply(model, -1, 0, 4));
    assertArrayEquals(new float[] {-2, 0, 8}, apply(written(model, "m.h5"), -1, 0, 4));
    Model archived = written(model, "m.keras");
    assertArrayEquals(new float[] {-2, 0, 8}, apply(archived, -1, 0, 4));
    assertEquals(List.of("x", "minus", "y"), archived.layers().stream().map(Layer::name).toList());
  }

  @Test
  void whatIsNotKnownIsNamedAndNoOperationIsTakenForALayer() {
    assertRefused(
        "Layer 'y' \\(TFOpLambda\\): function: expected one of .*, found 'image.resize'",
        keras2("y", "image.resize", "['x', 0, 0, {'size': [2, 2]}]"));
    assertRefused(
        "Layer 'y': no layer class ops.numpy.Average is known; register it .*",
        keras3("y", "keras.src.ops.numpy", "Average", tensor("x")));
    assertRefused(
        "Layer 'y': calls with different constants are not supported, found .y=1.0. and .y=2.0.",
        keras2("y", "math.add", "['x', 0, 0, {'y': 1.0}], ['x', 0, 0, {'y': 2.0}]"));
    assertRefused(
        "Layer 'y' \\(TFOpLambda\\): y: expected a number or lists .*",
        keras2("y", "math.add", "['x', 0, 0, {'y': 'three'}]"));
  }

  private static void assertRefused(String message, String layer) {
    ConfigException e = assertThrows(ConfigException.class, () -> model(layer));
    assertTrue(String.valueOf(e.getMessage()).matches(message), e.getMessage());
  }

  /** The model, written and read; what is written again has the same bytes. */
  private Model written(Model model, String name) throws IOException {
    Path file = directory.resolve(name);
    KerasModel.save(model, file);
    Model read = KerasModel.load(file);
    byte[] bytes = Files.readAllBytes(file);
    KerasModel.save(read, file);
    assertArrayEquals(bytes, Files.readAllBytes(file));
    return read;
  }
}

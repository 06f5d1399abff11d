package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.Node;
import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations as the versions of Keras write them, shortened to what matters. */
class KerasDialectsTest {

  private static Model model(String json) {
    return KerasModel.fromJson(json.replace('\'', '"'), LayerTypes.standard());
  }

  private static List<String> names(Model model) {
    return model.layers().stream().map(Layer::name).toList();
  }

  @Test
  void aSequentialModelOfKeras1() {
    Model model =
        model(
            """
            {'class_name': 'Sequential', 'keras_version': '1.2.2', 'config': [
              {'class_name': 'Convolution2D', 'config': {'name': 'convolution2d_1',
               'batch_input_shape': [null, 8, 8, 3], 'nb_filter': 4, 'nb_row': 3, 'nb_col': 2,
               'subsample': [2, 1], 'border_mode': 'same', 'dim_ordering': 'tf', 'bias': false,
               'activation': 'relu', 'init': 'glorot_uniform'}},
              {'class_name': 'MaxPooling2D', 'config': {'name': 'maxpooling2d_1',
               'pool_size': [2, 2], 'strides': [2, 2], 'border_mode': 'valid',
               'dim_ordering': 'tf'}},
              {'class_name': 'Flatten', 'config': {'name': 'flatten_1'}},
              {'class_name': 'Dropout', 'config': {'name': 'dropout_1', 'p': 0.25}},
              {'class_name': 'Dense', 'config': {'name': 'dense_1', 'output_dim': 5,
               'activation': 'softmax'}}]}
            """);
    assertEquals(Shape.of(Shape.UNKNOWN, 5), model.output().shape());
    assertEquals(3 * 2 * 3 * 4 + 2 * 4 * 4 * 5 + 5, count(model));
  }

  @Test
  void sequencesAndNoiseOfKeras1() {
    Model model =
        model(
            """
            {'class_name': 'Sequential', 'keras_version': '1.2.2', 'config': [
              {'class_name': 'GaussianNoise', 'config': {'name': 'noise',
               'batch_input_shape': [null, 12, 3], 'sigma': 0.25}},
              {'class_name': 'MaxPooling1D', 'config': {'name': 'max', 'pool_length': 3,
               'stride': 2, 'border_mode': 'same'}},
              {'class_name': 'UpSampling1D', 'config': {'name': 'up', 'length': 4}}]}
            """);
    assertEquals(0.25, model.layer("noise").layer().config().real("stddev", 0));
    assertEquals(Shape.of(Shape.UNKNOWN, 6, 3), model.layer("max").output().shape());
    assertEquals(Shape.of(Shape.UNKNOWN, 24, 3), model.output().shape());
  }

  @Test
  void aFunctionalModelOfKeras1ThatMerges() {
    Model model =
        model(
            """
            {'class_name': 'Model', 'config': {'name': 'm', 'layers': [
              {'class_name': 'InputLayer', 'name': 'in', 'inbound_nodes': [],
               'config': {'name': 'in', 'batch_input_shape': [null, 4, 4, 2]}},
              {'class_name': 'Convolution2D', 'name': 'c', 'inbound_nodes': [[['in', 0, 0]]],
               'config': {'name': 'c', 'nb_filter': 2, 'nb_row': 1, 'nb_col': 1}},
              {'class_name': 'Merge', 'name': 'sum', 'inbound_nodes': [[['in', 0, 0],
               ['c', 0, 0]]], 'config': {'name': 'sum', 'mode': 'sum', 'concat_axis': -1}}],
             'input_layers': [['in', 0, 0]], 'output_layers': [['sum', 0, 0]]}}
            """);
    assertEquals(List.of("in", "c", "sum"), names(model));
    assertEquals("Add", model.layer("sum").layer().kerasClassName());
  }

  @Test
  void layersOfKeras2InAnyOrderWithOneThatIsCalledTwice() {
    Model model =
        model(
            """
            {'class_name': 'Functional', 'config': {'name': 'm', 'layers': [
              {'class_name': 'Add', 'name': 'add', 'config': {'name': 'add'},
               'inbound_nodes': [[['d', 0, 0, {}], ['d', 1, 0, {}]]]},
              {'class_name': 'Dense', 'name': 'd', 'config': {'name': 'd', 'units': 3,
               'activation': 'linear', 'use_bias': true}, 'inbound_nodes': [[['a', 0, 0, {}]],
               [['b', 0, 0, {}]]]},
              {'class_name': 'InputLayer', 'name': 'a', 'inbound_nodes': [],
               'config': {'name': 'a', 'batch_input_shape': [null, 7]}},
              {'class_name': 'InputLayer', 'name': 'b', 'inbound_nodes': [],
               'config': {'name': 'b', 'batch_input_shape': [null, 7]}}],
             'input_layers': [['b', 0, 0], ['a', 0, 0]], 'output_layers': [['add', 0, 0]]}}
            """);
    assertEquals("b", model.inputs().get(0).layer().name());
    assertEquals(7 * 3 + 3, count(model));
    assertEquals(2, model.layer("d").nodes().size());
  }

  @Test
  void keras3sTensorsAndObjects() {
    Model model =
        model(
            """
            {'module': 'keras.src.models.functional', 'class_name': 'Functional', 'config': {
             'name': 'm', 'trainable': true, 'layers': [
              {'module': 'keras.layers', 'class_name': 'InputLayer', 'name': 'x',
               'config': {'batch_shape': [null, 6, 6, 3], 'dtype': 'float32', 'name': 'x'},
               'registered_name': null, 'inbound_nodes': []},
              {'module': 'keras.layers', 'class_name': 'Conv2D', 'name': 'c', 'config': {
               'name': 'c', 'trainable': false, 'dtype': {'module': 'keras',
               'class_name': 'DTypePolicy', 'config': {'name': 'float32'},
               'registered_name': null}, 'filters': 4, 'kernel_size': [3, 3],
               'strides': [1, 1], 'padding': 'valid', 'data_format': 'channels_last',
               'dilation_rate': [1, 1], 'groups': 1, 'activation': 'gelu', 'use_bias': true,
               'kernel_initializer': {'module': 'keras.initializers', 'class_name':
               'GlorotUniform', 'config': {'seed': null}, 'registered_name': null},
               'kernel_regularizer': null}, 'registered_name': null, 'build_config':
               {'input_shape': [null, 6, 6, 3]}, 'inbound_nodes': [{'args': [{'class_name':
               '__keras_tensor__', 'config': {'shape': [null, 6, 6, 3], 'dtype': 'float32',
               'keras_history': ['x', 0, 0]}}], 'kwargs': {}}]},
              {'class_name': 'Concatenate', 'name': 'j', 'config': {'name': 'j', 'axis': -1},
               'inbound_nodes': [{'args': [[{'class_name': '__keras_tensor__', 'config':
               {'keras_history': ['c', 0, 0]}}, {'class_name': '__keras_tensor__', 'config':
               {'keras_history': ['c', 0, 0]}}]], 'kwargs': {}}]}],
             'input_layers': ['x', 0, 0], 'output_layers': [['j', 0, 0]]}}
            """);
    assertEquals(Shape.of(Shape.UNKNOWN, 4, 4, 8), model.output().shape());
    assertTrue(!model.layer("c").layer().trainable());
  }

  @Test
  void aModelInsideAModelBecomesLayersWithItsNameBefore() {
    String inner =
        """
        {'class_name': 'Functional', 'name': 'base', 'config': {'name': 'base', 'layers': [
          {'class_name': 'InputLayer', 'name': 'i', 'inbound_nodes': [],
           'config': {'name': 'i', 'batch_input_shape': [null, 4]}},
          {'class_name': 'Dense', 'name': 'd', 'config': {'name': 'd', 'units': 2},
           'inbound_nodes': [[['i', 0, 0, {}]]]}],
         'input_layers': [['i', 0, 0]], 'output_layers': [['d', 0, 0]]},
         'inbound_nodes': [[['x', 0, 0, {}]]]}
        """;
    Model model =
        model(
            """
            {'class_name': 'Functional', 'config': {'name': 'm', 'layers': [
              {'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],
               'config': {'name': 'x', 'batch_input_shape': [null, 4]}},
              %s,
              {'class_name': 'Dense', 'name': 'd', 'config': {'name': 'd', 'units': 1},
               'inbound_nodes': [[['base', 1, 0, {}]]]}],
             'input_layers': [['x', 0, 0]], 'output_layers': [['d', 0, 0]]}}
            """
                .formatted(inner));
    assertEquals(List.of("x", "base/d", "d"), names(model));
    Model sequential =
        model("{'class_name': 'Sequential', 'config': {'name': 's', 'layers': [" + inner + "]}}");
    assertEquals(List.of("base/i", "base/d"), names(sequential));
  }

  /** Each model calls the one inside twice: 2 to the power of 30 layers. */
  @Test
  void innerModelsThatMultiplyBeyondMeasureAreAnErrorAtOnce() {
    String inner =
        """
        {'class_name': 'Dense', 'name': 'l', 'config': {'name': 'l', 'units': 2},
         'inbound_nodes': [[['x', 0, 0, {}]]]}
        """;
    String config = "";
    for (int i = 0; i < 30; i++) {
      String name = i == 0 ? "l" : "m" + i;
      int last = i == 0 ? 0 : 2;
      String twice = ", 'inbound_nodes': [[['x', 0, 0, {}]], [['" + name + "', 1, 0, {}]]]}";
      config =
          """
          {'class_name': 'Functional', 'name': 'm%d', 'config': {'name': 'm%d', 'layers': [
            {'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],
             'config': {'name': 'x', 'batch_input_shape': [null, 2]}},
            %s], 'input_layers': [['x', 0, 0]], 'output_layers': [['%s', %d, 0]]}
          """
              .formatted(i + 1, i + 1, i == 0 ? inner : config + twice, name, last);
    }
    assertRefused("model: expected at most 100000 calls of layers", config + "}");
  }

  @Test
  void layersThatWereInAnInnerModelAreWrittenWithoutSlashesAsKeras3Demands() {
    Node x = Input.named("x", 3);
    Node y = new Dense(2).name("a/b").on(new Dense(2).name("a_b").on(x));
    Model model = new Model(x, new Dense(2).name("a_b_1").on(y));
    Model read = KerasModel.fromJson(KerasModel.toJson(model), LayerTypes.standard());
    assertEquals(List.of("x", "a_b", "a_b_2", "a_b_1"), names(read));
  }

  @Test
  void hardSigmoidWhichChangedItsMeaningIsNeverTakenForTheOther() {
    String json =
        """
        {'class_name': 'Sequential', 'keras_version': '%s', 'config': {'name': 's', 'layers': [
          {'class_name': 'Activation', 'config': {'name': 'a', 'batch_input_shape': [null, 3],
           'activation': 'hard_sigmoid'}}]}}
        """;
    assertRefused("Layer 'a': Keras 2's hard_sigmoid.*", json.formatted("2.15.0"));
    assertRefused("Layer 'a': Keras 2's hard_sigmoid.*", json.formatted("1.2.2"));
    Model model = model(json.formatted("3.8.0"));
    assertEquals(1, model.forward(Tensor.full(Shape.of(1, 3), 3)).get(0, 0), 1e-6);
    ConfigException e = assertThrows(ConfigException.class, () -> KerasModel.toJson(model));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("Layer 'a': hard_sigmoid"), e.getMessage());
  }

  @Test
  void aCycleAMissingLayerAndADeepDocumentAreErrorsAtOnce() {
    String chain =
        """
        {'class_name': 'Functional', 'config': {'name': 'm', 'layers': [
          {'class_name': 'InputLayer', 'name': 'x', 'inbound_nodes': [],
           'config': {'name': 'x', 'batch_input_shape': [null, 4]}},
          {'class_name': 'Flatten', 'name': 'p', 'config': {'name': 'p'},
           'inbound_nodes': [[['%s', 0, 0, {}]]]},
          {'class_name': 'Flatten', 'name': 'q', 'config': {'name': 'q'},
           'inbound_nodes': [[['p', 0, 0, {}]]]}],
         'input_layers': [['x', 0, 0]], 'output_layers': [['q', 0, 0]]}}
        """;
    assertRefused("Layer 'p': is called on .*q.* needs this layer itself", chain.formatted("q"));
    assertRefused("Layer 'p': is called on .*zz.* is missing .*", chain.formatted("zz"));
    assertRefused("(?s)configuration: no JSON: .*depth.*", "{'a':".repeat(10_000));
    assertRefused("configuration: expected a JSON object.*", "[1]");
    assertRefused("model: expected the class Functional.*", "{'class_name':'Gan','config':{}}");
    assertRefused(
        "Layer 'l': no layer class Lambda is known.*",
        "{'class_name':'Sequential','config':[{'class_name':'Lambda','config':{'name':'l',"
            + "'batch_input_shape':[null,3]}}]}");
    assertRefused(
        "Layer 'input': expected an input whose sizes are all known, found .*null, null, 3.*",
        "{'class_name':'Sequential','config':[{'class_name':'Flatten','config':{'name':'f',"
            + "'batch_input_shape':[null,null,null,3]}}]}");
  }

  private static void assertRefused(String message, String json) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          ConfigException e = assertThrows(ConfigException.class, () -> model(json));
          assertTrue(String.valueOf(e.getMessage()).matches(message), e.getMessage());
        });
  }

  private static long count(Model model) {
    return model.parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }
}

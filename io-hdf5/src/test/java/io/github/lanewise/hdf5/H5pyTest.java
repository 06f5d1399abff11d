package io.github.lanewise.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.Add;
import io.github.lanewise.nn.Dense;
import io.github.lanewise.nn.Input;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.train.Accuracy;
import io.github.lanewise.train.Adam;
import io.github.lanewise.train.CompiledModel;
import io.github.lanewise.train.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this module writes is read by h5py as Keras uses it. Skipped where there is no h5py. */
class H5pyTest {

  @TempDir Path directory;

  @Test
  void h5pyReadsWhatWasSaved() throws IOException, InterruptedException {
    String python = python();
    Model model = KerasFixtures.model();
    KerasFixtures.assignExpected(model);
    Path file = directory.resolve("model.h5");
    KerasWeights.save(model, file, Map.of("lanewise_config", "{\"größe\": 150}"));
    Path script = resource("read_weights.py");
    assertEquals(expected(model), run(python, script.toString(), file.toString()));
  }

  /** As {@code load_model} of Keras 2 and 3 goes about it. */
  @Test
  void h5pyReadsAWholeModelWithALongConfiguration() throws IOException, InterruptedException {
    String python = python();
    Model model = InceptionV3.notop(75, 75);
    Path file = directory.resolve("inception.h5");
    KerasModel.save(model, file);
    String program =
        """
        import h5py, json, sys
        def text(s):
            return s.decode("utf-8") if hasattr(s, "decode") else s
        f = h5py.File(sys.argv[1], "r")
        layers = json.loads(text(f.attrs["model_config"]))["config"]["layers"]
        weights = f["model_weights"]
        names = [text(n) for n in weights.attrs["layer_names"]]
        assert names == [l["name"] for l in layers]
        count = 0
        for n in names:
            for w in weights[n].attrs["weight_names"]:
                count += weights[n][text(w)].size
        print(len(layers), count)
        """;
    assertEquals("311 21802784\n", run(python, "-c", program, file.toString()));
  }

  @Test
  void h5pyReadsCompressedDatasetsAsTheOthers() throws IOException, InterruptedException {
    String python = python();
    Model model = CompressionTest.model();
    Path plain = directory.resolve("plain.h5");
    Path compressed = directory.resolve("compressed.h5");
    KerasModel.save(model, plain);
    KerasModel.save(model, compressed, Compression.GZIP);
    String program =
        """
        import h5py, sys
        a = h5py.File(sys.argv[1], "r")
        b = h5py.File(sys.argv[2], "r")
        def look(name, x):
            if isinstance(x, h5py.Dataset):
                y = b[name]
                assert x.dtype == y.dtype and (x[()] == y[()]).all()
                assert y.chunks in (None, y.shape)
                print(y.shape, x.compression, y.compression, y.compression_opts)
        a.visititems(look)
        """;
    assertEquals(
        """
        (300,) None gzip 4
        (300,) None gzip 4
        (300,) None gzip 4
        (300,) None gzip 4
        (300,) None gzip 4
        (3, 3, 8, 300) None gzip 4
        (7,) None None None
        (30000, 7) None gzip 4
        """,
        run(python, "-c", program, plain.toString(), compressed.toString()));
  }

  /** As {@code load_model} of Keras 2 goes about the optimizer. */
  @Test
  void h5pyReadsTheOptimizerOfACompiledModel() throws IOException, InterruptedException {
    String python = python();
    Node x = Input.named("in", 3);
    Model model = new Model(x, new Dense(2).name("dense").on(x));
    Adam adam = new Adam(0.25);
    adam.setIterations(7);
    adam.slot("velocity", model.parameters().get(1)).data()[0] = 0.5f;
    Path file = directory.resolve("model.h5");
    KerasModel.save(
        CompiledModel.compile(model, adam, Loss.MEAN_SQUARED_ERROR, new Accuracy()), file);
    String program =
        """
        import h5py, json, sys
        def text(s):
            return s.decode("utf-8") if hasattr(s, "decode") else s
        f = h5py.File(sys.argv[1], "r")
        config = json.loads(text(f.attrs["training_config"]))
        o = config["optimizer_config"]
        print(o["class_name"], o["config"]["learning_rate"], o["config"]["beta_2"])
        print(config["loss"], config["metrics"], config["loss_weights"])
        weights = f["optimizer_weights"]
        for n in weights.attrs["weight_names"]:
            w = weights[text(n)]
            print(text(n), w.shape, w.dtype, w[()].ravel().tolist()[:1])
        """;
    assertEquals(
        """
        Adam 0.25 0.999
        mean_squared_error ['accuracy'] None
        iter:0 () int64 [7]
        Adam/dense/kernel/m:0 (3, 2) float32 [0.0]
        Adam/dense/bias/m:0 (2,) float32 [0.0]
        Adam/dense/kernel/v:0 (3, 2) float32 [0.0]
        Adam/dense/bias/v:0 (2,) float32 [0.5]
        """,
        run(python, "-c", program, file.toString()));
  }

  /** Shared layers at different depths, inner models, and an optimizer, as Keras 3 opens them. */
  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.keras"})
  void everyWeightIsWhereKerassLoaderLooksForIt(String name)
      throws IOException, InterruptedException {
    String python = python();
    Path script = resource("check_model.py");
    List<String> fixtures =
        List.of("keras1_merge", "keras2_2_transfer", "keras2_15_functional", "keras3_twice");
    List<Model> models = new ArrayList<>(List.of(atTwoDepths()));
    for (String fixture : fixtures) {
      models.add(DialectFiles.unpack(fixture, directory).model());
    }
    for (Model model : models) {
      Path file = directory.resolve(name);
      boolean compiled = model.inputs().size() == 1 && model.outputs().size() == 1;
      if (compiled) {
        KerasModel.save(
            CompiledModel.compile(model, new Adam(0.25), Loss.MEAN_SQUARED_ERROR), file);
      } else {
        KerasModel.save(model, file);
      }
      List<String> found = run(python, script.toString(), file.toString()).lines().toList();
      List<String> expected = new ArrayList<>(sums(model));
      if (compiled) {
        // The iterations, in Keras 3 the learning rate, and two moments of each weight.
        int rest = name.endsWith(".keras") ? 2 : 1;
        expected.add("optimizer Adam " + (rest + 2 * model.trainableParameters().size()));
      }
      assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
    }
  }

  /** Layers that their numbers alone tell apart, on inputs of one shape. */
  private static Model atTwoDepths() {
    Node a = Input.named("a", 4);
    Node b = Input.named("b", 4);
    Dense shared = new Dense(4).name("shared");
    Node deep = new Dense(4).name("after").on(new Dense(4).name("middle").on(shared.on(a)));
    Node shallow = shared.on(new Dense(4).name("before").on(b));
    return new Model("m", List.of(a, b), List.of(new Add().name("add").on(shallow, deep)));
  }

  /** Layers with the shapes and sums of their weights, as the script prints them. */
  private static List<String> sums(Model model) {
    Map<Layer, String> names = ModelConfigWriter.names(model);
    List<String> lines = new ArrayList<>();
    for (Layer layer : model.layers()) {
      StringBuilder line = new StringBuilder(String.valueOf(names.get(layer)));
      for (Parameter parameter : layer.parameters()) {
        double sum = 0;
        for (float value : parameter.value().toArray()) {
          sum += value;
        }
        line.append(' ');
        for (int i = 0; i < parameter.shape().rank(); i++) {
          line.append(i == 0 ? "" : "x").append(parameter.shape().dim(i));
        }
        line.append(String.format(Locale.ROOT, ":%.4f", sum));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private Path resource(String name) throws IOException {
    Path script = directory.resolve(name);
    try (InputStream source = H5pyTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(source), script);
    }
    return script;
  }

  private static String expected(Model model) {
    StringBuilder text = new StringBuilder();
    text.append("backend tensorflow\nkeras_version 2.15.0\nlanewise_config {\"größe\": 150}\n");
    for (Layer layer : model.layers()) {
      text.append(layer.name()).append('\n');
      for (Parameter parameter : layer.parameters()) {
        String name = layer.name() + "/" + parameter.name() + ":0";
        text.append(name).append(' ').append(parameter.shape()).append(" float32 ");
        text.append(hex(parameter.value().toArray())).append('\n');
      }
    }
    return text.toString();
  }

  private static String hex(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return HexFormat.of().formatHex(bytes.array());
  }

  private static String python() throws InterruptedException {
    for (String python :
        List.of(System.getProperty("lanewise.python", "python3"), "/usr/bin/python3")) {
      try {
        run(python, "-c", "import h5py");
        return python;
      } catch (IOException e) {
        // This one has no h5py, or there is no such program: the next may do.
      }
    }
    assumeTrue(false, "needs a python3 with h5py; -Dlanewise.python=PROGRAM names another one");
    throw new AssertionError();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.of(command).toList()).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}

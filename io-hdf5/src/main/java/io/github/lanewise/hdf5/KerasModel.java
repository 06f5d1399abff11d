package io.github.lanewise.hdf5;

import io.github.lanewise.file.AtomicFile;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.CompiledModel;
import io.jhdf.api.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Whole models in Keras's files: {@code .h5} with the model's configuration, of Keras 1.2, 2 and 3;
 * {@code .keras} archives of Keras 3; architectures as JSON. What a file is, its content says, not
 * its name. Functional and sequential models are read, with models inside; they are written as
 * functional ones, the layers of inner models among the others, with {@code _} for each slash of
 * their names, since Keras 3 refuses slashes.
 */
public final class KerasModel {

  /** What writes the form of {@code .h5} that is written here. */
  private static final String KERAS2 = "2.15.0";

  private static final String KERAS3 = "3.8.0";

  private static final String CONFIGURATION = "configuration";

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  private KerasModel() {}

  /**
   * Reads a model with its weights.
   *
   * @throws WeightException naming the file, if it can not be read, holds no model, or its weights
   *     do not fit; if the model has layers or arguments that are not supported, the cause is the
   *     {@link ConfigException} that names them
   */
  public static Model load(Path path) {
    return load(path, LayerTypes.standard());
  }

  /**
   * Reads a model with its weights.
   *
   * @param types makes the layers; one's own may be among them
   * @throws WeightException as {@link #load(Path)}
   */
  public static Model load(Path path, LayerTypes types) {
    return read(path, types, (model, config, file) -> model);
  }

  /** What is made of a model whose weights were read. */
  @FunctionalInterface
  private interface Finish<T> {
    /**
     * Makes it.
     *
     * @param config of the compiled model; null where there is none
     * @param file that holds the weights, and those of the optimizer
     */
    T of(Model model, @Nullable Map<?, ?> config, Hdf5Reader file) throws IOException;
  }

  private static CompiledModel compiled(Model model, @Nullable Map<?, ?> config, Hdf5Reader file)
      throws IOException {
    if (config == null) {
      throw new IOException(
          "expected a model that was compiled, found no configuration of its training:"
              + " KerasModel.load reads it");
    }
    CompiledModel compiled = TrainingConfig.compile(model, config);
    OptimizerWeights.read(file, compiled);
    return compiled;
  }

  private static <T> T read(Path path, LayerTypes types, Finish<T> finish) {
    try {
      return isZip(path)
          ? archive(path, types, finish)
          : Hdf5Reader.read(path, file -> hdf5(file, types, finish));
    } catch (IOException e) {
      throw new WeightException(path + ": " + AtomicFile.reason(e), e);
    } catch (ConfigException | ShapeException e) {
      throw new WeightException(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a model that is ready for training: with its optimizer, what that remembers, its loss and
   * its metrics, so that training goes on as it would have where the file was written.
   *
   * @throws WeightException as {@link #load(Path)}, and if the file was written without these, or
   *     they are not supported; {@link #load(Path)} reads the model alone
   */
  public static CompiledModel loadCompiled(Path path) {
    return loadCompiled(path, LayerTypes.standard());
  }

  /**
   * The same with layers of one's own.
   *
   * @throws WeightException as {@link #loadCompiled(Path)}
   */
  public static CompiledModel loadCompiled(Path path, LayerTypes types) {
    return read(path, types, KerasModel::compiled);
  }

  /**
   * A model of a configuration, as {@code to_json} writes it; its weights are initial ones.
   *
   * @throws ConfigException naming the layer, if the configuration can not be followed
   * @throws ShapeException naming the layer, if the layers' shapes do not fit
   */
  public static Model fromJson(String json, LayerTypes types) {
    return fromConfig(KerasJson.read(json, CONFIGURATION), types, null);
  }

  private static Model fromConfig(Map<?, ?> config, LayerTypes types, @Nullable String version) {
    String given = config.get("keras_version") instanceof String own ? own : version;
    return new ModelConfigReader(types, given).read(config);
  }

  /**
   * The configuration of a model, in the form of Keras 2, which Keras 3 reads too.
   *
   * @throws ConfigException if a layer's activation is another function in Keras 2: hard_sigmoid
   */
  public static String toJson(Model model) {
    return KerasJson.write(ModelConfigWriter.of(model, false));
  }

  private static boolean isZip(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(ZIP, in.readNBytes(ZIP.length));
    }
  }

  private static <T> T hdf5(Hdf5Reader file, LayerTypes types, Finish<T> finish)
      throws IOException {
    Map<String, String> attributes = Hdf5Reader.strings(file.root());
    String config = attributes.get("model_config");
    if (config == null) {
      Group root = file.root();
      boolean weights = KerasLayer.listedIn(root) || Hdf5Reader.findGroup(root, "layers") != null;
      throw new IOException(
          weights
              ? "expected a whole model, found weights alone: build the model, then load them with"
                  + " KerasWeights"
              : "expected a Keras model, found an HDF5 file without the attribute model_config");
    }
    try {
      String version = attributes.get("keras_version");
      Map<?, ?> object = KerasJson.read(config, CONFIGURATION);
      Model model = fromConfig(object, types, version);
      assign(ModelWeights.read(file, model, object));
      String training = attributes.get(TrainingConfig.ATTRIBUTE);
      return finish.of(
          model,
          training == null ? null : KerasJson.read(training, TrainingConfig.ATTRIBUTE),
          file);
    } catch (ConfigException | ShapeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static <T> T archive(Path path, LayerTypes types, Finish<T> finish) throws IOException {
    Path temporary = null;
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Map<?, ?> config = KerasJson.read(KerasArchive.text(zip, KerasArchive.CONFIG), CONFIGURATION);
      Model model = fromConfig(config, types, null);
      Map<?, ?> training = config.get(TrainingConfig.KEY) instanceof Map<?, ?> map ? map : null;
      Path weights = Files.createTempFile("lanewise", ".h5");
      temporary = weights;
      KerasArchive.extractWeights(zip, weights);
      try {
        return Hdf5Reader.read(
            weights,
            file -> {
              assign(ModelWeights.read(file, model, config));
              return finish.of(model, training, file);
            });
      } catch (WeightException e) {
        String reason =
            String.valueOf(e.getMessage()).replace(weights.toString(), KerasArchive.WEIGHTS);
        throw new WeightException(path + ": " + reason, e);
      }
    } catch (ZipException e) {
      throw new IOException("damaged zip: " + e.getMessage(), e);
    } finally {
      delete(temporary);
    }
  }

  private static void delete(@Nullable Path temporary) throws IOException {
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }

  private static void assign(Map<Parameter, Tensor> values) {
    values.forEach(Parameter::adopt);
  }

  /**
   * Writes a model with its weights: as an archive of Keras 3 where the name ends with {@code
   * .keras}, else as an {@code .h5} in the form of Keras 2, which Keras 3 reads too. The file comes
   * to be whole or not at all; the same model gives the same bytes.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws ConfigException naming the layer, if an {@code .h5} can not say what it does
   */
  public static void save(Model model, Path path) throws IOException {
    save(model, path, Compression.NONE);
  }

  /**
   * Writes a model with its weights, these compressed or not, as {@link #save(Model, Path)} does.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws ConfigException naming the layer, if an {@code .h5} can not say what it does
   */
  public static void save(Model model, Path path, Compression compression) throws IOException {
    save(model, null, path, compression);
  }

  /**
   * Writes a model with its weights, its optimizer and what that remembers, its loss and its
   * metrics, as {@link #save(Model, Path)} does.
   *
   * @throws IOException naming the file and the reason, if it can not be written
   * @throws ConfigException naming what Keras does not have: a layer, a schedule, a metric
   */
  public static void save(CompiledModel model, Path path) throws IOException {
    save(model.model(), model, path, Compression.NONE);
  }

  private static void save(
      Model model, @Nullable CompiledModel compiled, Path path, Compression compression)
      throws IOException {
    Hdf5Group root = new Hdf5Group();
    if (String.valueOf(path.getFileName()).endsWith(".keras")) {
      ModelWeights.putKeras3(root, model);
      Map<String, @Nullable Object> config = ModelConfigWriter.of(model, true);
      if (compiled != null) {
        OptimizerWeights.putKeras3(root, compiled);
        config.put(TrainingConfig.KEY, TrainingConfig.ofKeras3(compiled));
      }
      Path weights = Files.createTempFile("lanewise", ".h5");
      try {
        AtomicFile.write(weights, channel -> Hdf5Writer.write(root, channel, compression));
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", KERAS3);
        metadata.put("date_saved", "1970-01-01@00:00:00");
        KerasArchive.write(path, KerasJson.write(metadata), KerasJson.write(config), weights);
      } finally {
        Files.deleteIfExists(weights);
      }
      return;
    }
    root.attribute("keras_version", KERAS2);
    root.attribute("backend", "tensorflow");
    root.attribute("model_config", toJson(model));
    KerasWeights.putWeights(root.group("model_weights"), model, ModelConfigWriter.names(model));
    if (compiled != null) {
      root.attribute(TrainingConfig.ATTRIBUTE, KerasJson.write(TrainingConfig.ofKeras2(compiled)));
      OptimizerWeights.putKeras2(root, compiled);
    }
    AtomicFile.write(path, channel -> Hdf5Writer.write(root, channel, compression));
  }
}

package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.nn.ConfigException;
import io.github.lanewise.nn.LayerTypes;
import io.github.lanewise.nn.Parameter;
import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
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
 * functional ones.
 */
public final class KerasModel {

  /** What writes the form of {@code .h5} that is written here. */
  private static final String KERAS2 = "2.15.0";

  private static final String KERAS3 = "3.8.0";

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
    try {
      return isZip(path) ? archive(path, types) : Hdf5Reader.read(path, file -> hdf5(file, types));
    } catch (IOException e) {
      throw new WeightException(path + ": " + AtomicFile.reason(e), e);
    } catch (ConfigException | ShapeException e) {
      throw new WeightException(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * A model of a configuration, as {@code to_json} writes it; its weights are initial ones.
   *
   * @throws ConfigException naming the layer, if the configuration can not be followed
   * @throws ShapeException naming the layer, if the layers' shapes do not fit
   */
  public static Model fromJson(String json, LayerTypes types) {
    return fromJson(json, types, null);
  }

  private static Model fromJson(String json, LayerTypes types, @Nullable String version) {
    Map<?, ?> config = KerasJson.read(json, "configuration");
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

  private static Model hdf5(Hdf5Reader file, LayerTypes types) throws IOException {
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
      Model model = fromJson(config, types, attributes.get("keras_version"));
      assign(ModelWeights.read(file, model));
      return model;
    } catch (ConfigException | ShapeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Model archive(Path path, LayerTypes types) throws IOException {
    Path temporary = null;
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Model model = fromJson(KerasArchive.text(zip, KerasArchive.CONFIG), types);
      Path weights = Files.createTempFile("lanewise", ".h5");
      temporary = weights;
      KerasArchive.extractWeights(zip, weights);
      Map<Parameter, Tensor> values;
      try {
        values = Hdf5Reader.read(weights, file -> ModelWeights.read(file, model));
      } catch (WeightException e) {
        String reason =
            String.valueOf(e.getMessage()).replace(weights.toString(), KerasArchive.WEIGHTS);
        throw new WeightException(path + ": " + reason, e);
      }
      assign(values);
      return model;
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
    Hdf5Group root = new Hdf5Group();
    if (String.valueOf(path.getFileName()).endsWith(".keras")) {
      ModelWeights.putKeras3(root, model);
      Path weights = Files.createTempFile("lanewise", ".h5");
      try {
        AtomicFile.write(weights, channel -> Hdf5Writer.write(root, channel));
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("keras_version", KERAS3);
        metadata.put("date_saved", "1970-01-01@00:00:00");
        String config = KerasJson.write(ModelConfigWriter.of(model, true));
        KerasArchive.write(path, KerasJson.write(metadata), config, weights);
      } finally {
        Files.deleteIfExists(weights);
      }
      return;
    }
    root.attribute("keras_version", KERAS2);
    root.attribute("backend", "tensorflow");
    root.attribute("model_config", toJson(model));
    KerasWeights.putWeights(root.group("model_weights"), model);
    AtomicFile.write(path, channel -> Hdf5Writer.write(root, channel));
  }
}

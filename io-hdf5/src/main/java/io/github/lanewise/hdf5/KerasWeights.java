package io.github.lanewise.hdf5;

import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import io.github.lanewise.model.WeightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Weights in Keras's legacy {@code .h5} layout, as {@code model.save_weights("x.h5")} writes it
 * ({@code keras/src/legacy/saving/legacy_h5_format.py}): an attribute {@code layer_names}, for each
 * layer a group with an attribute {@code weight_names}, and the weights as data sets below it.
 * Whole models, whose weights lie below {@code model_weights}, are read too.
 */
public final class KerasWeights {

  private KerasWeights() {}

  /**
   * Weights found by layer name, as {@code load_weights(by_name=True)}: layers that only the file
   * has are left out, but every layer of the model that has weights must be there.
   *
   * @return a source that opens the file when it is loaded and throws {@link WeightException} if
   *     the file can not be read or does not fit; the message tabulates all that does not
   */
  public static WeightSource byName(Path file) {
    return model -> WeightMatch.byName(file, model).assign();
  }

  /**
   * Weights found by position, as {@code load_weights} does: the layers that have weights must be
   * the same in number and order, whatever their names.
   *
   * @return a source that opens the file when it is loaded and throws {@link WeightException} if
   *     the file can not be read or does not fit; the message tabulates all that does not
   */
  public static WeightSource topological(Path file) {
    return model -> WeightMatch.topological(file, model).assign();
  }

  /**
   * Writes all weights of a model. The file appears at once and whole, or not at all.
   *
   * @throws IOException if the file can not be written
   */
  public static void save(Model model, Path file) throws IOException {
    save(model, file, Map.of());
  }

  /**
   * Writes all weights of a model, and texts as attributes of the file. The file appears at once
   * and whole, or not at all.
   *
   * @throws IOException if the file can not be written
   */
  public static void save(Model model, Path file, Map<String, String> attributes)
      throws IOException {
    KerasWeightsWriter.write(model, file, attributes);
  }

  /**
   * The attributes of a file that are texts.
   *
   * @throws WeightException if the file can not be read
   */
  public static Map<String, String> attributes(Path file) {
    return KerasFile.read(file, KerasFile::textAttributes);
  }
}

package io.github.lanewise.examples.transfer;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.examples.download.BackgroundMd5;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.nn.BatchNormalization;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Node;
import io.github.lanewise.nn.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * InceptionV3 up to a layer, frozen.
 *
 * @param model from the pictures to the layer
 * @param layer its name
 * @param weights the name of the file that the weights are from, null for the embedded sample's
 * @param md5 that file's digest, null likewise
 */
public record Trunk(Model model, String layer, @Nullable String weights, @Nullable String md5) {

  /**
   * With weights from a file in Keras's layout.
   *
   * @throws IOException if the file can not be read
   * @throws io.github.lanewise.model.WeightException if it does not fit
   * @throws IllegalArgumentException if there is no such layer
   */
  public static Trunk keras(Path weights, String layer, int size) throws IOException {
    if (!Files.exists(weights)) {
      throw new NoSuchFileException(weights.toString(), null, "no such file");
    }
    Model inception = InceptionV3.notop(size, size);
    Node output = inception.layer(layer).output();
    try (BackgroundMd5 digest = BackgroundMd5.of(weights)) {
      inception.loadWeights(KerasWeights.byName(weights));
      String name = String.valueOf(weights.getFileName());
      return new Trunk(cut(inception, output), layer, name, digest.result());
    }
  }

  /** With the random weights of the embedded sample. */
  public static Trunk sample(
      Sample sample, String layer, PictureInput.Scaling scaling, Compute compute) {
    Model inception = InceptionV3.notop(sample.size(), sample.size());
    Model model = cut(inception, inception.layer(layer).output());
    sample.initialise(model, scaling.rescale(), compute);
    return new Trunk(model, layer, null, null);
  }

  /**
   * Lets the layers learn that come, in Keras's order, from this one on; but batch normalization
   * stays as it is, as <a href="https://keras.io/guides/transfer_learning/">Keras's guide</a>
   * advises: the statistics of small batches would undo what the layers above have learnt.
   *
   * @throws IllegalArgumentException if there is no such layer
   */
  public void unfreeze(String first) {
    from(first).forEach(l -> l.setTrainable(true));
  }

  /**
   * Does nothing where {@link #unfreeze} would let something learn.
   *
   * @throws IllegalArgumentException if there is no such layer, or no weights from it on
   */
  public void requireUnfreezable(String first) {
    if (from(first).stream().flatMap(l -> l.parameters().stream()).noneMatch(Parameter::learned)) {
      throw new IllegalArgumentException(
          "expected a layer below " + layer + ", found no weights from " + first + " on");
    }
  }

  /** The layers of {@link InceptionV3#BLOCK_ENDS} that the trunk has. */
  List<String> blockEnds() {
    return model.layers().stream()
        .map(Layer::name)
        .filter(InceptionV3.BLOCK_ENDS::contains)
        .toList();
  }

  private List<Layer> from(String first) {
    int from = model.layers().indexOf(model.layer(first).layer());
    return model.layers().stream()
        .skip(from)
        .filter(l -> !(l instanceof BatchNormalization))
        .toList();
  }

  /** With initial weights, to be replaced by those of a file, or never asked for. */
  public static Trunk unloaded(String layer, int size) {
    Model inception = InceptionV3.notop(size, size);
    return new Trunk(cut(inception, inception.layer(layer).output()), layer, null, null);
  }

  private static Model cut(Model inception, Node output) {
    Model model = new Model(inception.input(), output);
    model.setTrainable(false);
    return model;
  }
}

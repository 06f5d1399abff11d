package io.github.lanewise.examples.transfer;

import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.image.ImageFolder.UnreadableListener;
import io.github.lanewise.kernels.Compute;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What heads are trained on.
 *
 * @param trunk the frozen network
 * @param pictures for training and validation
 * @param input how pictures become the network's input
 * @param sampleSeed where the embedded sample's random numbers start; null where it is not that
 */
public record Material(
    Trunk trunk, Pictures pictures, PictureInput input, @Nullable Long sampleSeed) {

  /** The layer of InceptionV3 that heads are on. */
  public static final String LAYER = "mixed7";

  /** The embedded sample: drawn pictures and random weights. */
  public static Material sample(long seed, PictureInput input, Compute compute) {
    Sample sample = new Sample(seed, input.size());
    return new Material(
        Trunk.sample(sample, LAYER, input.scaling(), compute),
        Pictures.drawn(sample, input),
        input,
        seed);
  }

  /**
   * Weights in Keras's layout, and photographs.
   *
   * @throws IOException if files or directories are missing or not of the expected kind
   * @throws io.github.lanewise.model.WeightException if the weights do not fit
   */
  public static Material files(
      Path weights, Path data, PictureInput input, UnreadableListener listener) throws IOException {
    Pictures pictures = Pictures.in(data, input, listener);
    return new Material(Trunk.keras(weights, LAYER, input.size()), pictures, input, null);
  }

  /** The description to save a head of this material with. */
  public SavedHead describe(TrainingOptions options) {
    TrainingOptions.Unfreezing unfreezing = options.unfreezing();
    return new SavedHead(
        LAYER,
        input,
        unfreezing == null ? null : unfreezing.layer(),
        options.dropout(),
        pictures.labels(),
        trunk.weights(),
        trunk.md5(),
        sampleSeed);
  }
}

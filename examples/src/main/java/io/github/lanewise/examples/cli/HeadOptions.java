package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.download.KerasCache;
import io.github.lanewise.examples.sample.Sample;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.examples.transfer.Trunk;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A head that was trained, and the trunk under it. */
final class HeadOptions {

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "lanewise-out/model.h5",
      description = "The head (default: ${DEFAULT-VALUE}).")
  Path model = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The trunk's weights that the head was trained on (default: the file of that name in"
              + " Keras's cache folder; a head trained on the embedded sample, or with --unfreeze, needs none).")
  @Nullable Path weights;

  /** The head's description. */
  SavedHead saved() throws IOException {
    return SavedHead.read(model);
  }

  /**
   * From the pictures to the probability of the second class, all weights loaded.
   *
   * @throws IOException if files are missing, or the trunk's weights are not those that the head
   *     was trained on
   */
  Model model(SavedHead saved, Compute compute) throws IOException {
    return saved.load(model, trunk(saved, compute)).model();
  }

  private Trunk trunk(SavedHead saved, Compute compute) throws IOException {
    if (saved.unfrozen() != null) {
      return Trunk.unloaded(saved.layer(), saved.input().size());
    }
    Long seed = saved.sampleSeed();
    if (seed != null) {
      Sample sample = new Sample(seed, saved.input().size());
      return Trunk.sample(sample, saved.layer(), saved.input().scaling(), compute);
    }
    String name = String.valueOf(saved.trunkWeights());
    Path file = weights == null ? KerasCache.standard().weights(name).orElse(null) : weights;
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "expected --weights with the trunk's weights, " + name);
    }
    Trunk trunk = Trunk.keras(file, saved.layer(), saved.input().size());
    if (!String.valueOf(trunk.md5()).equals(saved.trunkMd5())) {
      throw new IOException(
          file
              + ": expected the weights that the head was trained on, "
              + name
              + " of MD5 "
              + saved.trunkMd5()
              + ", found MD5 "
              + trunk.md5());
    }
    return trunk;
  }
}
